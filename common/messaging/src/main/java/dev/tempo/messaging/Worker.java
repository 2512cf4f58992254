package dev.tempo.messaging;

import dev.tempo.contract.Topic;
import dev.tempo.messaging.service.MessageRound;
import dev.tempo.timeline.OpenSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.DisconnectException;
import org.jspecify.annotations.Nullable;

/** A work queue's session with one set of Kafka clients: this thread takes, renews and accepts; another one computes. */
final class Worker<V> implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(10);
    /** A hundred looks a second cost a twentieth of a core, here and in the broker, for as long as nothing comes. */
    private static final Duration LOOK_WHEN_IDLE = Duration.ofMillis(100);

    private static final Duration IDLE = Duration.ofSeconds(2);
    private static final long AFTER_FAILURE_MILLIS = 200;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(5);
    private static final Duration AFTER_A_TRIAL_IN_VAIN = Duration.ofSeconds(30);
    private static final Duration ANSWER = Duration.ofSeconds(1);
    private static final Duration NEXT_SUSPECT = Duration.ofMillis(200);
    /** For joining the group, too. Whoever gets none for so long leaves them to another worker, which holds them. */
    private static final Duration SUSPECTS_COME = Duration.ofSeconds(15);

    private final ReaderContext context;
    private final WorkQueues.Colleagues colleagues;
    private final List<Lane<V>> lanes = new ArrayList<>();
    private final Supplier<Lane<V>> suspectsLane;
    private final String group;
    private final String suspectsTopic;
    private long nextLook = System.nanoTime();
    private long lastWork = System.nanoTime();
    private final Consumer<List<V>> handler;
    private final BooleanSupplier running;
    private final ExecutorService compute;

    Worker(
            ReaderContext context,
            WorkQueues.Colleagues colleagues,
            String group,
            List<Topic<V>> topics,
            int maxRecords,
            Consumer<List<V>> handler,
            WorkQueues.Suspects<V> suspects,
            BooleanSupplier running) {
        this.context = context;
        this.colleagues = colleagues;
        this.handler = handler;
        this.running = running;
        this.compute = Executors.newSingleThreadExecutor(body -> new Thread(body, group + " compute"));
        this.group = group;
        suspectsTopic = suspects.topic().name();
        Resort.Failed failed = Resort.failures(suspects, group, context.deadLetters(), colleagues.failed());
        Consumer<ProducerRecord<String, byte[]>> suspecting = record -> {
            context.publisher().send(List.of(record));
            nextLook = System.nanoTime();
        };
        for (Topic<V> topic : topics) {
            lanes.add(lane(context, group, topic, maxRecords, Resort.alone(suspects.topic(), suspecting, failed)));
        }
        suspectsLane = () -> lane(context, group, suspects.topic(), 1, Resort.failure(suspecting, failed));
    }

    private static <V> Lane<V> lane(
            ReaderContext context, String group, Topic<V> topic, int maxRecords, Resort resort) {
        return new Lane<>(
                topic, group, maxRecords, context.clients().worker(group, maxRecords), context.deadLetters(), resort);
    }

    void work() {
        try (org.apache.kafka.clients.consumer.Consumer<String, byte[]> letters =
                context.clients().ungrouped("failed-suspects")) {
            colleagues.failed().learn(letters);
        }
        while (running.getAsBoolean()) {
            leaveIfOfNoUse();
            Lane<V> lane = nextLane();
            if (lane != null) {
                work(lane);
            } else if (System.nanoTime() - nextLook >= 0) {
                nextLook = System.nanoTime() + lookAtSuspects().toNanos();
            }
        }
    }

    /**
     * Tries suspects if there are any and nobody else in this process is at work.
     *
     * @return when to look again
     */
    private Duration lookAtSuspects() {
        Lock trial = colleagues.trial().writeLock();
        if (!trial.tryLock()) {
            return BETWEEN_LOOKS;
        }
        try {
            boolean inVain = areThereSuspects().orElse(false) && !triesAlone();
            return inVain ? AFTER_A_TRIAL_IN_VAIN : BETWEEN_LOOKS;
        } finally {
            trial.unlock();
        }
    }

    private Optional<Boolean> areThereSuspects() {
        return context.lags().areWorkersBehind(group, suspectsTopic, ANSWER);
    }

    /**
     * Tries suspects, one at a time, until none comes any more, or a colleague has other work. The client that takes them is there
     * only meanwhile: one that is there holds suspects already while others are worked on, and if the worker died of these the broker
     * would count that against those. A broker that does not answer at once is no reason to leave either, since what the client has
     * fetched by then counts as delivered.
     *
     * @return false where there are some, but none came
     */
    private boolean triesAlone() {
        Lane<V> alone = suspectsLane.get();
        lanes.add(alone);
        long until = System.nanoTime() + SUSPECTS_COME.toNanos();
        try {
            while (running.getAsBoolean() && areThereSuspects().orElse(true)) {
                if (alone.take(NEXT_SUSPECT)) {
                    work(alone);
                    until = System.nanoTime() + SUSPECTS_COME.toNanos();
                } else if (colleagues.trial().hasQueuedThreads()) {
                    return true;
                } else if (System.nanoTime() - until >= 0) {
                    return false;
                }
                leaveIfOfNoUse();
                lanes.forEach(Lane::keep);
            }
            return true;
        } finally {
            lanes.remove(alone);
            alone.close();
        }
    }

    private void leaveIfOfNoUse() {
        if (lanes.stream().anyMatch(Lane::isOfNoUse)) {
            throw new DisconnectException("the broker is away or was; what was held comes again");
        }
    }

    /**
     * The first lane by priority that has something; null when all are empty. Only the first is waited for, as what comes to the
     * others meanwhile has to wait too.
     */
    private @Nullable Lane<V> nextLane() {
        for (Lane<V> lane : lanes) {
            if (lane.take(Duration.ZERO)) {
                return lane;
            }
        }
        Lane<V> first = lanes.get(0);
        boolean idle = System.nanoTime() - lastWork > IDLE.toNanos();
        return first.take(idle ? LOOK_WHEN_IDLE : LOOK) ? first : null;
    }

    private void work(Lane<V> lane) {
        List<Incoming<V>> batch = lane.batch();
        Future<Map<Incoming<V>, RuntimeException>> work = compute.submit(() -> compute(lane, batch));
        Map<Incoming<V>, RuntimeException> failures = finish(work);
        lane.finish(batch, failures);
        lastWork = System.nanoTime();
        if (!failures.isEmpty()) {
            pause(AFTER_FAILURE_MILLIS);
        }
    }

    /** Waits for the work while every lane keeps its locks. */
    private Map<Incoming<V>, RuntimeException> finish(Future<Map<Incoming<V>, RuntimeException>> work) {
        while (true) {
            try {
                return work.get(tick(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                leaveIfOfNoUse();
                lanes.forEach(Lane::keep);
            } catch (ExecutionException e) {
                throw new IllegalStateException("the handler broke: " + e.getCause(), e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while its handler worked", e);
            }
        }
    }

    private long tick() {
        long shortest = lanes.stream().mapToLong(Lane::lockMillis).min().orElseThrow();
        return Math.max(50, Math.min(1_000, shortest / 6));
    }

    private Map<Incoming<V>, RuntimeException> compute(Lane<V> lane, List<Incoming<V>> batch) {
        OpenSpan span = context.take(lane.topic(), batch.size());
        MessageRound.of(batch.get(0).message()).of(span);
        return span.get(() -> compute(batch));
    }

    /** Runs the handler, on the compute thread. Messages that fail together are tried alone. */
    private Map<Incoming<V>, RuntimeException> compute(List<Incoming<V>> batch) {
        List<Incoming<V>> left = batch;
        while (true) {
            try {
                handle(left);
                return Map.of();
            } catch (NotYetException e) {
                left = left.subList(Math.min(e.done(), left.size()), left.size());
                if (left.isEmpty()) {
                    return Map.of();
                }
                if (!running.getAsBoolean()) {
                    return all(left, e);
                }
                pause(Delivery.NOT_YET_PAUSE.toMillis());
            } catch (CancellationException e) {
                return all(left, e);
            } catch (RuntimeException e) {
                return left.size() == 1 || !running.getAsBoolean() ? all(left, e) : alone(left);
            }
        }
    }

    private void handle(List<Incoming<V>> messages) {
        boolean alone = messages.get(0).record().topic().equals(suspectsTopic);
        Lock company = colleagues.trial().readLock();
        if (!alone) {
            company.lock();
        }
        try {
            handler.accept(messages.stream().map(Incoming::message).toList());
        } catch (StackOverflowError | LinkageError broken) {
            throw new IllegalStateException(broken.toString(), broken);
        } finally {
            if (!alone) {
                company.unlock();
            }
        }
    }

    private Map<Incoming<V>, RuntimeException> alone(List<Incoming<V>> batch) {
        Map<Incoming<V>, RuntimeException> failures = new LinkedHashMap<>();
        for (Incoming<V> message : batch) {
            failures.putAll(compute(List.of(message)));
        }
        return failures;
    }

    private Map<Incoming<V>, RuntimeException> all(List<Incoming<V>> messages, RuntimeException reason) {
        Map<Incoming<V>, RuntimeException> failures = new LinkedHashMap<>();
        messages.forEach(message -> failures.put(message, reason));
        return failures;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives back whatever is still held and waits for the compute thread. */
    @Override
    public void close() {
        lanes.forEach(Lane::close);
        compute.shutdown();
        boolean ended = false;
        while (!ended) {
            try {
                ended = compute.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
