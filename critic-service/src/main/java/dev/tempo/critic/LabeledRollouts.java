package dev.tempo.critic;

import dev.tempo.algorithm.rounds.OpenRequests;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Topics;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.messaging.Outgoing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The labeled trajectories a run's critic has asked for and those that came back, first record of an id wins. One thread
 * owns it.
 */
final class LabeledRollouts {
    private final CriticProperties properties;
    private final CriticMetrics metrics;
    private final OpenRequests<RequestId> open = new OpenRequests<>();
    private final Map<BatchKey, LabeledBatch> batches = new HashMap<>();
    /** Rows read again after a restart, before their batch is asked for again. */
    private final Map<BatchKey, List<JudgedRow>> early = new HashMap<>();

    private Instant progress = Instant.MIN;
    /**
     * The end of the time after a restart in which rows may be ones that are read again; only then is it known what the
     * process before this one had asked for.
     */
    private @Nullable Instant graceEnds;

    LabeledRollouts(CriticProperties properties, CriticMetrics metrics) {
        this.properties = properties;
        this.metrics = metrics;
    }

    /**
     * Opens a batch.
     *
     * @param graceUntil before then a former life may have asked already: what is missing is asked for only then
     * @return what to send now
     */
    List<RolloutRequest> ask(List<RolloutRequest> requests, Instant graceUntil, Instant now) {
        BatchKey key = BatchKey.of(requests.get(0).id());
        batches.put(key, new LabeledBatch(requests));
        boolean perhapsAsked = graceUntil.isAfter(now);
        Instant askedAt = perhapsAsked ? graceUntil.minus(properties.patience()) : now;
        graceEnds = perhapsAsked ? graceUntil : graceEnds;
        for (RolloutRequest request : requests) {
            open.open(request.id(), request.samples(), askedAt);
        }
        progress = askedAt.isAfter(progress) ? askedAt : progress;
        List<JudgedRow> waiting = early.remove(key);
        if (waiting != null) {
            waiting.forEach(row -> add(row, now));
        }
        metrics.openRequests(open.size());
        return perhapsAsked ? List.of() : requests;
    }

    /** Whether the trajectory's batch was asked for without its question. */
    boolean isForeign(TrajectoryId id) {
        LabeledBatch batch = batches.get(BatchKey.of(id.request()));
        return batch != null && !batch.asks(id.request());
    }

    void add(JudgedRow row, Instant now) {
        TrajectoryId id = row.judged().trajectory().id();
        BatchKey key = BatchKey.of(id.request());
        LabeledBatch batch = batches.get(key);
        if (batch == null) {
            early.computeIfAbsent(key, asked -> new ArrayList<>()).add(row);
        } else if (batch.add(row)) {
            open.settle(id.request(), id.sample());
            progress = now;
            metrics.openRequests(open.size());
        }
    }

    /** The requests that are late and to be sent again. */
    List<Outgoing<?>> overdue(Instant now) {
        Instant end = graceEnds;
        boolean graceOver = end != null && !end.isAfter(now);
        if (!graceOver && progress.plus(properties.patience()).isAfter(now)) {
            return List.of();
        }
        graceEnds = graceOver ? null : end;
        List<RolloutRequest> again = open.overdue(now, properties.patience()).stream()
                .map(late -> request(late.id()))
                .toList();
        metrics.askedAgain(again.size());
        return again.isEmpty() ? List.of() : List.of(new Outgoing<>(Topics.LABELED_ROLLOUT_REQUESTS, again));
    }

    boolean isClosed(BatchKey key) {
        LabeledBatch batch = batches.get(key);
        return batch != null && batch.isClosed();
    }

    /** The rows of a closed batch, sorted by question and sample. */
    List<JudgedTrajectory> batch(BatchKey key) {
        return batchOf(key).rows().stream().map(JudgedRow::judged).toList();
    }

    /** The end of a batch: it has been learned from and is forgotten. */
    void forget(BatchKey key) {
        batches.remove(key);
        early.remove(key);
    }

    /** Lowest offset per partition of the rows held, so of everything that is not learned from yet. */
    Map<Integer, Long> lowestOffsets() {
        Map<Integer, Long> lowest = new TreeMap<>();
        early.values().forEach(rows -> rows.forEach(row -> lowest.merge(row.partition(), row.offset(), Math::min)));
        batches.values()
                .forEach(batch -> batch.lowestOffsets()
                        .forEach((partition, offset) -> lowest.merge(partition, offset, Math::min)));
        return lowest;
    }

    /** The rows that a batch waits for, in words; null when it is closed or unknown. */
    @Nullable
    String waitingFor(BatchKey key) {
        LabeledBatch batch = batches.get(key);
        if (batch == null || batch.isClosed()) {
            return null;
        }
        String oldest =
                open.oldest().map(request -> ", the first of " + request.id()).orElse("");
        return batch.missing() + " of " + (batch.missing() + batch.size()) + " judged labeled trajectories" + oldest;
    }

    /** The ids of the first rows that a batch waits for. */
    List<String> missing(BatchKey key) {
        LabeledBatch batch = batches.get(key);
        return batch == null ? List.of() : batch.missingIds();
    }

    Instant progress() {
        return progress;
    }

    private RolloutRequest request(RequestId id) {
        return batchOf(BatchKey.of(id)).request(id);
    }

    private LabeledBatch batchOf(BatchKey key) {
        LabeledBatch batch = batches.get(key);
        if (batch == null) {
            throw new IllegalStateException("no batch was asked for " + key);
        }
        return batch;
    }
}
