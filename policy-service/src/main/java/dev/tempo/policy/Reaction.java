package dev.tempo.policy;

import dev.tempo.contract.PolicyVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The actions that an event asks for.
 *
 * @param publish versions that are safely on disk
 * @param readAgainFrom per partition of the valued trajectories, the offset where reading must begin again if it is
 *     beyond; empty to read on
 */
public record Reaction(List<PolicyVersion> publish, Map<Integer, Long> readAgainFrom) {
    static final Reaction NONE = new Reaction(List.of(), Map.of());

    public Reaction {
        publish = List.copyOf(publish);
        readAgainFrom = Map.copyOf(readAgainFrom);
    }

    static Reaction publish(PolicyVersion version) {
        return new Reaction(List.of(version), Map.of());
    }

    /** The union of two reactions; of two offsets of a partition the lower one counts. */
    Reaction and(Reaction other) {
        List<PolicyVersion> all = new ArrayList<>(publish);
        all.addAll(other.publish);
        Map<Integer, Long> lowest = new HashMap<>(readAgainFrom);
        other.readAgainFrom.forEach((partition, offset) -> lowest.merge(partition, offset, Math::min));
        return new Reaction(all, lowest);
    }
}
