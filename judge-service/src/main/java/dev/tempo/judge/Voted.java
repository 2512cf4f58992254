package dev.tempo.judge;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.RequestId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of voting on the head of a list of unlabeled trajectories.
 *
 * @param counted the questions whose votes these are
 * @param judged all samples of those questions
 * @param unfinished by partition, the lowest offset that an incomplete question needs
 * @param done how many trajectories of the list are dealt with
 * @param obstacle what the next one waits for; null when all are done
 */
public record Voted(
        List<RequestId> counted,
        List<JudgedTrajectory> judged,
        Map<Integer, Long> unfinished,
        int done,
        @Nullable Obstacle obstacle) {
    public Voted {
        counted = List.copyOf(counted);
        judged = List.copyOf(judged);
        unfinished = Map.copyOf(unfinished);
    }

    /** What the next one waits for, in words; null when all are done. */
    public @Nullable String waitingFor() {
        return obstacle == null ? null : obstacle.words();
    }
}
