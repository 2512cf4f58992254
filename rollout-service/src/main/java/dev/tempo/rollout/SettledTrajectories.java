package dev.tempo.rollout;

import dev.tempo.contract.TrajectoryId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The unlabeled trajectories that were seen, of each run's newest round only: earlier ones are never asked for again.
 */
final class SettledTrajectories {
    private final Map<String, Round> newest = new HashMap<>();

    private record Round(int number, Set<TrajectoryId> ids) {}

    void add(TrajectoryId id) {
        Round round = newest.get(id.request().run());
        if (round == null || round.number() < id.request().round()) {
            round = new Round(id.request().round(), new HashSet<>());
            newest.put(id.request().run(), round);
        }
        if (round.number() == id.request().round()) {
            round.ids().add(id);
        }
    }

    Set<TrajectoryId> of(String run, int round) {
        Round seen = newest.get(run);
        return seen == null || seen.number() != round ? Set.of() : Set.copyOf(seen.ids());
    }

    void forget(String run) {
        newest.remove(run);
    }
}
