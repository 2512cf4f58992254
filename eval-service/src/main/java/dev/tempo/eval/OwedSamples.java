package dev.tempo.eval;

import dev.tempo.algorithm.rounds.OpenRequests;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.TrajectoryId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The samples of a version whose verdict or values are still missing, and how often each was asked for. */
final class OwedSamples {
    private final OpenRequests<RequestId> verdicts;
    private final OpenRequests<RequestId> values;

    /**
     * The requests and samples that are late.
     *
     * @param askAgain requests to send once more
     * @param givenUp samples of requests that had their last attempt
     */
    record Late(Collection<RequestId> askAgain, List<TrajectoryId> givenUp) {}

    OwedSamples(int attempts) {
        verdicts = new OpenRequests<>(attempts);
        values = new OpenRequests<>(attempts);
    }

    void open(String run, int version, Collection<String> questions, int samples, boolean valued, Instant now) {
        for (String question : questions) {
            RequestId request = new RequestId(run, version, Purpose.EVALUATION, 0, question);
            verdicts.open(request, samples, now);
            if (valued) {
                values.open(request, samples, now);
            }
        }
    }

    void judged(TrajectoryId id) {
        verdicts.settle(id.request(), id.sample());
    }

    void valued(TrajectoryId id) {
        values.settle(id.request(), id.sample());
    }

    int size() {
        return Math.max(verdicts.size(), values.size());
    }

    Late late(Instant now, Duration patience) {
        OpenRequests.Overdue<RequestId> unjudged = verdicts.overdue(now, patience);
        OpenRequests.Overdue<RequestId> unvalued = values.overdue(now, patience);
        Map<RequestId, TreeSet<Integer>> again = missing(unjudged.askAgain(), unvalued.askAgain());
        Map<RequestId, TreeSet<Integer>> exhausted = missing(unjudged.exhausted(), unvalued.exhausted());
        List<TrajectoryId> givenUp = exhausted.entrySet().stream()
                .flatMap(request -> request.getValue().stream().map(request.getKey()::sample))
                .toList();
        return new Late(List.copyOf(again.keySet()), givenUp);
    }

    private static Map<RequestId, TreeSet<Integer>> missing(
            List<OpenRequests.Request<RequestId>> unjudged, List<OpenRequests.Request<RequestId>> unvalued) {
        Map<RequestId, TreeSet<Integer>> missing = new TreeMap<>();
        for (List<OpenRequests.Request<RequestId>> requests : List.of(unjudged, unvalued)) {
            for (OpenRequests.Request<RequestId> request : requests) {
                missing.computeIfAbsent(request.id(), first -> new TreeSet<>()).addAll(request.missing());
            }
        }
        return missing;
    }
}
