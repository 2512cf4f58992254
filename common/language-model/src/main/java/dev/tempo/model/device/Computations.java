package dev.tempo.model.device;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/**
 * The native tensor computations of this process: whether another may begin, and how they end. Thread-safe.
 *
 * <p>A process must not exit inside one of them: libtorch's own shutdown would pull its state from under it. So from the
 * moment that the process is ending, whoever would begin another one waits here until the process is gone, unless
 * {@link #cancel()} says that callers know what an exception means then. A shutdown hook waits for what is at work, for a
 * while.
 */
public final class Computations {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Object LOCK = new Object();

    private static int atWork;
    private static boolean ending;
    private static boolean cancelled;

    private Computations() {}

    /**
     * When the process is ending, now or later, whoever would begin another computation gets a {@link CancellationException}
     * and does not wait; those who wait already get it too. The caller has seen to it that nobody takes it for a failure of
     * the work. A process that is not ending computes on.
     */
    public static void cancel() {
        synchronized (LOCK) {
            cancelled = true;
            LOCK.notifyAll();
        }
    }

    /**
     * Comes before a native call that may take long; {@link #end()} must follow it.
     *
     * @throws CancellationException if the process is ending and computations are cancelled, or the thread is interrupted
     *     while it waits
     */
    public static void begin() {
        synchronized (LOCK) {
            while (ending) {
                if (cancelled) {
                    throw new CancellationException("the process is ending: no further tensor computation is started");
                }
                awaitChange();
            }
            atWork++;
        }
    }

    public static void end() {
        synchronized (LOCK) {
            atWork--;
            LOCK.notifyAll();
        }
    }

    /** For the engine's shutdown hook: lets nothing begin and waits for what is at work. */
    static void awaitEnd() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (LOCK) {
            ending = true;
            long left = PATIENCE.toMillis();
            while (atWork > 0 && left > 0) {
                try {
                    LOCK.wait(left);
                } catch (InterruptedException hurried) {
                    Thread.currentThread().interrupt();
                    return;
                }
                left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            }
        }
    }

    private static void awaitChange() {
        try {
            LOCK.wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while the process ends");
        }
    }
}
