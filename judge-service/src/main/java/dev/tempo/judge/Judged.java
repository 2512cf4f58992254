package dev.tempo.judge;

import dev.tempo.contract.JudgedTrajectory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of judging the head of a list of trajectories.
 *
 * @param judged in the list's order; those of runs that nobody works on are left out
 * @param done how many trajectories of the list are dealt with
 * @param obstacle what the next one waits for; null when all are done
 */
public record Judged(
        List<JudgedTrajectory> judged, int done, @Nullable Obstacle obstacle) {
    public Judged {
        judged = List.copyOf(judged);
    }

    /** What the next one waits for, in words; null when all are done. */
    public @Nullable String waitingFor() {
        return obstacle == null ? null : obstacle.words();
    }
}
