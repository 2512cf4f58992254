package dev.tempo.rollout;

import dev.tempo.contract.RolloutRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages that the planner wants published now.
 *
 * @param asked requests of a new round
 * @param askedAgain requests that are late, under their first ids
 */
public record Plan(List<RolloutRequest> asked, List<RolloutRequest> askedAgain) {
    static final Plan NOTHING = new Plan(List.of(), List.of());

    public Plan {
        asked = List.copyOf(asked);
        askedAgain = List.copyOf(askedAgain);
    }

    Plan and(Plan other) {
        return new Plan(joined(asked, other.asked), joined(askedAgain, other.askedAgain));
    }

    /** The requests to publish, new ones first. */
    public List<RolloutRequest> requests() {
        return joined(asked, askedAgain);
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
