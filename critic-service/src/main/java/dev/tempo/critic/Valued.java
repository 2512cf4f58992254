package dev.tempo.critic;

import dev.tempo.contract.ValuedTrajectory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a list of trajectories.
 *
 * @param done how many at the head of the list need not come again
 * @param waitingFor why the rest has to; null when there is no rest
 */
public record Valued(List<ValuedTrajectory> rows, int done, @Nullable String waitingFor) {
    public Valued {
        rows = List.copyOf(rows);
    }
}
