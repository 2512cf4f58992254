package dev.tempo.rollout;

import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Trajectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The messages that the planner wants published now.
 *
 * @param asked requests of a new round
 * @param askedAgain requests that are late, under their first ids
 * @param failed failures of questions that are not there any more as they were drawn
 */
public record Plan(List<RolloutRequest> asked, List<RolloutRequest> askedAgain, List<Trajectory> failed) {
    static final Plan NOTHING = new Plan(List.of(), List.of());

    Plan(List<RolloutRequest> asked, List<RolloutRequest> askedAgain) {
        this(asked, askedAgain, List.of());
    }

    public Plan {
        failed = List.copyOf(failed);
        asked = List.copyOf(asked);
        askedAgain = List.copyOf(askedAgain);
    }

    Plan and(Plan other) {
        return new Plan(joined(asked, other.asked), joined(askedAgain, other.askedAgain), joined(failed, other.failed));
    }

    /** The same without the requests of some questions, whose samples that a round is still owed fail instead. */
    Plan withFailuresOf(Set<String> gone, RequestedRound round) {
        if (gone.isEmpty()) {
            return this;
        }
        return new Plan(
                without(gone, asked),
                without(gone, askedAgain),
                joined(failed, round.failures(gone::contains, RolloutWorker.GONE)));
    }

    private static List<RolloutRequest> without(Set<String> gone, List<RolloutRequest> requests) {
        return requests.stream()
                .filter(request -> !gone.contains(request.id().question()))
                .toList();
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
