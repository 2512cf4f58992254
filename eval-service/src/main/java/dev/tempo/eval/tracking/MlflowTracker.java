package dev.tempo.eval.tracking;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tracker that sends runs to MLflow, on a thread of its own: nobody ever waits for it but the end of a run, and that for seconds. What
 * cannot be sent is kept, tried again and said once. Thread-safe.
 */
public final class MlflowTracker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MlflowTracker.class);
    private static final long LOOK_MILLIS = 500;
    private static final Duration PATIENCE_WITH_AN_ANSWER = Duration.ofSeconds(10);
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(15);
    private static final Duration PATIENCE_WHEN_STOPPED = Duration.ofSeconds(2);

    private final MlflowServer server;
    private final String experiment;
    private final InstantSource clock;
    private final Map<String, MlflowRun> runs = new ConcurrentSkipListMap<>();
    private final ScheduledExecutorService sender;

    /** @param experiment name of the experiment that runs are put into */
    public MlflowTracker(MlflowAccess access, String experiment, InstantSource clock) {
        this(access, experiment, clock, PATIENCE_WITH_AN_ANSWER, LOOK_MILLIS);
    }

    MlflowTracker(
            MlflowAccess access,
            String experiment,
            InstantSource clock,
            Duration patienceWithAnAnswer,
            long lookMillis) {
        this.server = new MlflowServer(access, patienceWithAnAnswer);
        this.experiment = experiment;
        this.clock = clock;
        ScheduledThreadPoolExecutor one = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "mlflow");
            thread.setDaemon(true);
            return thread;
        });
        one.scheduleWithFixedDelay(this::look, 0, lookMillis, TimeUnit.MILLISECONDS);
        sender = one;
    }

    /**
     * Has everything sent that there is of a run.
     *
     * @param entries those from before among them
     */
    public void follow(TrackedRun run, List<TrackedEntry> entries, MlflowStatus status) {
        runs.computeIfAbsent(run.run(), first -> new MlflowRun(run)).hold(entries, status);
    }

    /**
     * Tells of the end of a run that was {@linkplain #follow followed}.
     *
     * @return what MLflow has of it; null while the end may wait for that
     */
    public @Nullable TrackingOutcome end(String run, MlflowStatus status) {
        MlflowRun known = runs.get(run);
        if (known == null) {
            return new TrackingOutcome(server.address().toString(), null, 0, 0, null);
        }
        known.end(status, clock.instant());
        return known.outcome(server, clock.instant(), PATIENCE_AT_THE_END);
    }

    /** The number of lines that MLflow has not acknowledged, of all runs. */
    public int unsent() {
        return runs.values().stream().mapToInt(MlflowRun::unsent).sum();
    }

    private void look() {
        for (MlflowRun run : runs.values()) {
            if (run.isDue(clock.instant())) {
                send(run);
            }
        }
    }

    private void send(MlflowRun run) {
        try {
            run.send(server, experiment, clock.instant());
            if (run.succeeded()) {
                LOG.atInfo().addKeyValue("run", run.name()).log("MLflow answers again and has what it missed");
            }
        } catch (MlflowException failure) {
            failed(run, failure.words());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unexpected) {
            // One that got out would end all later looks, of every run. Its message may hold what is sent.
            failed(run, "a request cannot be made (" + unexpected.getClass().getSimpleName() + ")");
        }
    }

    private void failed(MlflowRun run, String words) {
        if (run.failed(words, clock.instant())) {
            LOG.atWarn()
                    .addKeyValue("run", run.name())
                    .addKeyValue("reason", words)
                    .log("MLflow does not take what is measured from now on; training goes on, and what it misses"
                            + " is sent when it answers again");
        }
    }

    /** Sends the rest of runs that go on in another process, as interrupted ones, where that takes no time to speak of. */
    @Override
    public void close() {
        if (sender.isShutdown()) {
            return;
        }
        runs.values().forEach(MlflowRun::interrupt);
        sender.execute(this::look);
        sender.shutdown();
        try {
            if (!sender.awaitTermination(PATIENCE_WHEN_STOPPED.toMillis(), TimeUnit.MILLISECONDS)) {
                sender.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            sender.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
