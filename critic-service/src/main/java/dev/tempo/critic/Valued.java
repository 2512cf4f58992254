package dev.tempo.critic;

import dev.tempo.contract.ValuedTrajectory;
import java.util.List;
import java.util.Map;

/**
 * The outcome of valuing a list of trajectories; those in neither part belong to runs that nobody works on.
 *
 * @param waiting by position in the list, what a trajectory has to wait for, in words
 * @param refused by position in the list, why nobody can have asked for a trajectory
 */
public record Valued(List<ValuedTrajectory> rows, Map<Integer, String> waiting, Map<Integer, String> refused) {
    public Valued {
        refused = Map.copyOf(refused);
        rows = List.copyOf(rows);
        waiting = Map.copyOf(waiting);
    }

    /** An outcome in which nothing is refused. */
    Valued(List<ValuedTrajectory> rows, Map<Integer, String> waiting) {
        this(rows, waiting, Map.of());
    }
}
