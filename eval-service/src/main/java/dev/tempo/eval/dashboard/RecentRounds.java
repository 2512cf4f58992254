package dev.tempo.eval.dashboard;

import dev.tempo.contract.Run;
import dev.tempo.runs.RunDirectory;
import dev.tempo.timeline.TimelineFiles;
import dev.tempo.timeline.analysis.MeanRound;
import dev.tempo.timeline.analysis.RoundTimeline;
import dev.tempo.timeline.analysis.RunTimeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of a run's latest rounds went, as far as this service sees the run's directory.
 *
 * @param first version that these rounds made; 0 where there are none
 * @param last version that they made
 * @param mean null where there are none
 */
record RecentRounds(int first, int last, @Nullable MeanRound mean) {
    private static final int ROUNDS = 10;
    /** Of each process; ten rounds of many messages take a quarter of it. */
    private static final long MOST_BYTES = 2 << 20;

    static RecentRounds of(Run run) {
        List<RoundTimeline> whole =
                RunTimeline.rounds(TimelineFiles.read(RunDirectory.of(run).path(), MOST_BYTES));
        List<RoundTimeline> recent = whole.subList(Math.max(0, whole.size() - ROUNDS), whole.size());
        return recent.isEmpty()
                ? new RecentRounds(0, 0, null)
                : new RecentRounds(
                        recent.get(0).version(), recent.get(recent.size() - 1).version(), MeanRound.of(recent));
    }
}
