package dev.tempo.rollout;

import dev.tempo.algorithm.rounds.OpenRequests;
import dev.tempo.contract.Awaited;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.messaging.service.Stopwatch;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The requests of one round of one run, and what of them is still owed. */
final class RequestedRound {
    private final int version;
    private final Map<RequestId, RolloutRequest> requests = new LinkedHashMap<>();
    private final OpenRequests<RequestId> ledger;
    private final Set<String> gone;
    private final Stopwatch sinceOpened = Stopwatch.start();
    private Instant lastProgress;

    RequestedRound(int version, RoundDraw.Asked asked, Instant now) {
        this.version = version;
        this.ledger = new OpenRequests<>();
        this.gone = asked.gone();
        this.lastProgress = now;
        for (RolloutRequest request : asked.requests()) {
            requests.put(request.id(), request);
            ledger.open(request.id(), request.samples(), now);
        }
    }

    int version() {
        return version;
    }

    /** Ids of the questions that were gone when the round was opened, and have no text here. */
    Set<String> gone() {
        return gone;
    }

    /** Whether this was the last sample that was owed. */
    boolean settle(TrajectoryId id, Instant now) {
        if (!ledger.settle(id.request(), id.sample())) {
            return false;
        }
        lastProgress = now;
        return open() == 0;
    }

    double secondsOpen() {
        return sinceOpened.seconds();
    }

    /** The requests that still owe a sample. */
    List<RolloutRequest> unanswered() {
        return requests.values().stream()
                .filter(request -> ledger.isOpen(request.id()))
                .toList();
    }

    /** The failures of the samples that are owed of questions that are gone. */
    List<Trajectory> failures(Predicate<String> gone, String reason) {
        return ledger.open().stream()
                .filter(owed -> gone.test(owed.id().question()))
                .flatMap(owed -> owed.missing().stream()
                        .map(sample -> Trajectory.failed(owed.id().sample(sample), of(owed).domain(), "", reason)))
                .toList();
    }

    int open() {
        return ledger.size();
    }

    /**
     * The requests to repeat: nothing while the round still moves, for then its requests only wait their
     * turn.
     */
    Plan overdue(Instant now, Duration patience) {
        if (isMoving(now, patience)) {
            return Plan.NOTHING;
        }
        return new Plan(
                List.of(), ledger.overdue(now, patience).stream().map(this::of).toList());
    }

    /** The questions that a round without progress waits for, in words; empty while it moves. */
    Optional<String> stalled(Instant now, Duration stalledAfter) {
        return isMoving(now, stalledAfter)
                ? Optional.empty()
                : ledger.oldest()
                        .map(oldest -> "round " + version + " waits for " + ledger.size() + " of " + requests.size()
                                + " questions, without progress since " + lastProgress + "; the oldest is "
                                + oldest.id().question() + ", asked for " + oldest.attempt()
                                + " times. Are rollout workers running?");
    }

    /** The questions that the round waits for; empty when it is closed. */
    Optional<Awaited> awaited(String run) {
        return ledger.oldest()
                .map(oldest -> new Awaited(
                        run,
                        "round " + version + " waits for " + ledger.size() + " of " + requests.size()
                                + " unlabeled questions",
                        "rollout workers",
                        lastProgress,
                        oldest.missing().stream()
                                .map(sample -> oldest.id().question() + "/" + sample)
                                .toList()));
    }

    private boolean isMoving(Instant now, Duration patience) {
        return lastProgress.plus(patience).isAfter(now);
    }

    private RolloutRequest of(OpenRequests.Request<RequestId> open) {
        return java.util.Objects.requireNonNull(requests.get(open.id()));
    }
}
