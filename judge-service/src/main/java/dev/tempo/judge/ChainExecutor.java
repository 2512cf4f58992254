package dev.tempo.judge;

import dev.tempo.judging.JudgeChain;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** An executor of judge chains, several at the same time, on threads other than those that read. Thread-safe. */
public final class ChainExecutor implements AutoCloseable {
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final ExecutorService workers;
    private final Duration askAgainAfter;
    private final VerdictMeter meter;
    private final InstantSource clock;

    /**
     * An executor whose threads start when they are needed.
     *
     * @param size chains that run at the same time
     * @param askAgainAfter how long an unavailable judge is left alone
     */
    public ChainExecutor(int size, Duration askAgainAfter, VerdictMeter meter, InstantSource clock) {
        AtomicInteger count = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, IDLE.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "judge-" + count.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        this.workers = pool;
        this.askAgainAfter = askAgainAfter;
        this.meter = meter;
        this.clock = clock;
    }

    /** The trajectory whose chain begins at once. */
    HeldTrajectory begin(Supplier<JudgeChain.ChainVerdict> chain) {
        return new HeldTrajectory(() -> CompletableFuture.supplyAsync(chain, workers), askAgainAfter, meter, clock);
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
