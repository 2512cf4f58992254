package dev.tempo.messaging.service;

import java.util.Locale;
import org.slf4j.Logger;

/**
 * A step of a run that the service in which it happens logs, once and at level INFO, with the same keys everywhere: {@code
 * run}, {@code round}, {@code version} and {@code seconds}.
 */
public enum RunEvent {
    /** A service began to work on the run, or goes on with it after a restart; the seconds are those that opening it took. */
    RUN_BEGUN,
    /** Weights were loaded for the run; the seconds are those that loading took. */
    MODEL_LOADED,
    /** Everything that the round waits for in this service is there; the seconds are those since the round was opened here. */
    ROUND_CLOSED,
    /** The broker has acknowledged a version; the seconds are those since the event that led to it. */
    VERSION_PUBLISHED,
    /** A version is measured; the seconds are those since its samples were asked for. */
    EVALUATION_DONE,
    /** Nothing of the run is left to do in this service; the seconds are those of the whole run, as far as this service knows. */
    RUN_FINISHED;

    /**
     * Writes the line.
     *
     * @param log of the class in which it happened
     * @param version policy or critic version that it concerns
     */
    public void log(Logger log, String run, int round, int version, double seconds) {
        log.atInfo()
                .addKeyValue("run", run)
                .addKeyValue("round", round)
                .addKeyValue("version", version)
                .addKeyValue("seconds", Math.round(seconds * 1000) / 1000.0)
                .log(words());
    }

    /** The line's message: the name in lower case, as words. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
