package dev.tempo.rollout;

import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Trajectory;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages that the planner wants published now.
 *
 * @param asked requests of a new round
 * @param askedAgain requests that are late, under their first ids
 * @param givenUp failures of what was asked for often enough
 */
public record Plan(List<RolloutRequest> asked, List<RolloutRequest> askedAgain, List<Trajectory> givenUp) {
    static final Plan NOTHING = new Plan(List.of(), List.of(), List.of());

    public Plan {
        asked = List.copyOf(asked);
        askedAgain = List.copyOf(askedAgain);
        givenUp = List.copyOf(givenUp);
    }

    Plan and(Plan other) {
        return new Plan(
                joined(asked, other.asked), joined(askedAgain, other.askedAgain), joined(givenUp, other.givenUp));
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
