package dev.tempo.eval.dashboard;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.messaging.service.RoundNames;
import dev.tempo.messaging.service.Wait;
import dev.tempo.timeline.PresentWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a run waits for at a moment.
 *
 * @param standsStill whether a service does not answer, or something has been awaited for long
 * @param silent the services that do not answer
 * @param waits of every service, those nearest to the beginning of a round's road first
 * @param work what services are at for the run
 * @param complaints what services that are not well say of the run
 */
record RunWaits(
        boolean standsStill, List<Silent> silent, List<Open> waits, List<AtWork> work, List<Complaint> complaints) {

    /** A service that does not answer. */
    record Silent(String service, Instant since, long seconds) {}

    /**
     * A wait that goes on.
     *
     * @param by the service that waits
     * @param from the service that writes what is awaited, or what else has to act
     * @param missing the first ids, where they are known
     * @param isLong whether it is longer than a service computes as a rule
     */
    record Open(
            String by, String what, String from, Instant since, long seconds, List<String> missing, boolean isLong) {

        static Open of(Wait wait, Recipe recipe, Instant now) {
            return new Open(
                    wait.by(),
                    RoundNames.in(wait.awaited().what(), recipe),
                    wait.awaited().from(),
                    wait.awaited().since(),
                    secondsSince(wait.awaited().since(), now),
                    wait.awaited().missing(),
                    wait.isLong(now));
        }
    }

    /** What a service is at. */
    record AtWork(String service, String words) {

        static AtWork of(String service, PresentWork work, Recipe recipe, Instant now) {
            return new AtWork(service, RoundNames.in(work.words(now), recipe));
        }
    }

    /** What a service complains of. */
    record Complaint(String service, String words) {}

    static long secondsSince(Instant since, Instant now) {
        return Math.max(0, Duration.between(since, now).toSeconds());
    }
}
