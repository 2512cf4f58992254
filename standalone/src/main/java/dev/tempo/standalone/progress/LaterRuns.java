package dev.tempo.standalone.progress;

import java.time.Duration;

/**
 * What the runs after the one at work will take.
 *
 * @param known the time of those whose pace is known
 * @param rounds of the others, which are taken to go at the present run's pace
 */
public record LaterRuns(Duration known, int rounds) {
    /** After the last run. */
    public static final LaterRuns NONE = new LaterRuns(Duration.ZERO, 0);
}
