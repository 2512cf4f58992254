package dev.tempo.standalone.chaos;

import java.util.SplittableRandom;

/**
 * A fault that is to strike.
 *
 * @param number in the whole plan, from 1
 * @param seed of all that is drawn for it
 */
record PlannedFault(int number, Fault fault, Moment moment, long seed) {

    SplittableRandom random() {
        return new SplittableRandom(seed);
    }
}
