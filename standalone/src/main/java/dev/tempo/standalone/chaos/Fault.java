package dev.tempo.standalone.chaos;

import java.io.IOException;
import java.util.random.RandomGenerator;

/** A kind of thing that happens to a run, and that it has to survive with the same bits or to name. */
interface Fault {

    /** The time at which a fault can strike. */
    enum When {
        WHILE_IT_RUNS,
        /** The same, but something has to be written to the broker. */
        WHILE_THE_BROKER_ANSWERS,
        /** After kill -9 of all processes, before the run is resumed. */
        AT_REST,
        /** In a workspace that keeps a finished first stage, before a run begins there. */
        BEFORE_IT_BEGINS
    }

    /** The kind, in a few words; no two kinds have the same. */
    String words();

    /** The group of kinds that this one belongs to, in a word or two. */
    String family();

    When when();

    /**
     * Whether a run may stop because of it, if it says why. Any other fault it has to survive by itself, or by being resumed
     * where the fault, and not the run, ended it.
     */
    default boolean mayStopTheRun() {
        return false;
    }

    /** Whether what comes of both struck together can be told of either: they have one outcome. */
    default boolean goesWith(Fault other) {
        return when() == other.when() && mayStopTheRun() == other.mayStopTheRun();
    }

    /** Does it, and returns at once: what lasts is ended later by the victim. */
    Strike strike(Victim victim, RandomGenerator random) throws IOException;
}
