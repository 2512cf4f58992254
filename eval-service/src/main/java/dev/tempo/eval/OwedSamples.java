package dev.tempo.eval;

import dev.tempo.algorithm.rounds.OpenRequests;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.TrajectoryId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The samples of a version whose verdict or values are still missing. */
final class OwedSamples {
    private final OpenRequests<RequestId> verdicts = new OpenRequests<>();
    private final OpenRequests<RequestId> values = new OpenRequests<>();

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

    /** The requests to send once more, without double. */
    Collection<RequestId> late(Instant now, Duration patience) {
        Set<RequestId> late = new TreeSet<>();
        for (OpenRequests<RequestId> open : List.of(verdicts, values)) {
            open.overdue(now, patience).forEach(request -> late.add(request.id()));
        }
        return late;
    }
}
