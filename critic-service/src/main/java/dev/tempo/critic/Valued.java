package dev.tempo.critic;

import dev.tempo.contract.ValuedTrajectory;
import java.util.List;
import java.util.Map;

/**
 * The outcome of valuing a list of trajectories; those in neither part belong to runs that nobody works on.
 *
 * @param waiting by position in the list, what a trajectory has to wait for, in words
 */
public record Valued(List<ValuedTrajectory> rows, Map<Integer, String> waiting) {
    public Valued {
        rows = List.copyOf(rows);
        waiting = Map.copyOf(waiting);
    }
}
