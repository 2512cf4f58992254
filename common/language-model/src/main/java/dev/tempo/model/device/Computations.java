package dev.tempo.model.device;

import java.time.Duration;
import java.util.concurrent.CancellationException;

/**
 * The native tensor computations of this process: whether another may begin, and how they end with the process. Thread-safe.
 *
 * <p>A process must not exit during one of them: libtorch's own shutdown would free state that is in use. So once the
 * process is ending, a caller of {@link #begin()} waits until the process is gone, or gets an exception after {@link
 * #cancel()}. A shutdown hook waits, for a limited time, for the computations that are running.
 */
public final class Computations {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Object LOCK = new Object();

    private static int atWork;
    private static boolean ending;
    private static boolean cancelled;

    private Computations() {}

    /**
     * Lets {@link #begin()} throw a {@link CancellationException} in place of waiting once the process is ending, now or
     * later, also for callers that wait already. The caller of this method has made sure that nobody takes the exception for
     * a failure of the work. A process that is not ending computes on.
     */
    public static void cancel() {
        synchronized (LOCK) {
            cancelled = true;
            LOCK.notifyAll();
        }
    }

    /**
     * Announces a native call that may take long; {@link #end()} must follow it.
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

    /** Announces that the native call after {@link #begin()} has returned. */
    public static void end() {
        synchronized (LOCK) {
            atWork--;
            LOCK.notifyAll();
        }
    }

    /** Lets no further computation begin and waits for those that are running; called by the engine's shutdown hook. */
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
