package dev.tempo.critic;

import dev.tempo.algorithm.rounds.BatchAssembler;
import dev.tempo.contract.Awaited;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.TrajectoryId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Labeled questions that were asked for together and the judged trajectories that have come back. */
final class LabeledBatch {

    private final Map<RequestId, RolloutRequest> requests = new HashMap<>();
    private final BatchAssembler<JudgedRow> rows;
    private final Map<Integer, Long> lowestOffsets = new HashMap<>();

    LabeledBatch(List<RolloutRequest> asked) {
        for (RolloutRequest request : asked) {
            requests.put(request.id(), request);
        }
        rows = BatchAssembler.of(
                asked.stream().map(request -> request.id().question()).toList(),
                asked.get(0).samples());
    }

    /** Whether the row is new; a duplicate, or one that was never asked for, changes nothing. */
    boolean add(JudgedRow row) {
        TrajectoryId id = row.judged().trajectory().id();
        if (rows.add(id.request().question(), id.sample(), row) != BatchAssembler.Acceptance.NEW) {
            return false;
        }
        lowestOffsets.merge(row.partition(), row.offset(), Math::min);
        return true;
    }

    /** Per partition, where to read again to have the rows again. */
    Map<Integer, Long> lowestOffsets() {
        return Map.copyOf(lowestOffsets);
    }

    boolean asks(RequestId id) {
        return requests.containsKey(id);
    }

    RolloutRequest request(RequestId id) {
        RolloutRequest request = requests.get(id);
        if (request == null) {
            throw new IllegalStateException("request " + id + " was never asked");
        }
        return request;
    }

    boolean isClosed() {
        return rows.isClosed();
    }

    int missing() {
        return rows.missing();
    }

    /** The ids of the first rows that are missing. */
    List<String> missingIds() {
        return rows.firstMissing(Awaited.NAMED);
    }

    int size() {
        return rows.size();
    }

    List<JudgedRow> rows() {
        return rows.batch();
    }
}
