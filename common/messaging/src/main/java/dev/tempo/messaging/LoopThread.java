package dev.tempo.messaging;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that runs one loop from start to stop. It is never interrupted (that would break native code and file
 * channels at work): the loop looks at {@link #running} and stopping waits for its end.
 */
final class LoopThread {
    private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);

    private final String name;
    private final Runnable loop;
    private volatile boolean running;
    private volatile boolean told;
    private volatile @Nullable String failure;
    private @Nullable Thread thread;

    LoopThread(String name, Runnable loop) {
        this.name = name;
        this.loop = loop;
    }

    String name() {
        return name;
    }

    /** Whether the loop is to go on. */
    boolean running() {
        return running && !told;
    }

    /** Whether there is something to {@link #stop()}. */
    boolean isStarted() {
        return running;
    }

    /** Why the loop ended by itself; null while it runs or when it was stopped. */
    @Nullable
    String failure() {
        return failure;
    }

    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    synchronized void start() {
        if (running) {
            return;
        }
        running = true;
        told = false;
        failure = null;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The loop ends after what is at hand, at the latest; returns at once. From any thread. */
    void askToStop() {
        told = true;
    }

    /** Returns when the thread has ended. */
    synchronized void stop() {
        running = false;
        Thread ending = thread;
        boolean interrupted = false;
        while (ending != null && ending.isAlive()) {
            try {
                ending.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            loop.run();
        } catch (Throwable e) {
            if (running()) {
                failure = String.valueOf(e.getMessage() == null ? e : e.getMessage());
                LOG.atError().addKeyValue("reader", name).setCause(e).log("a reader stopped");
            }
        } finally {
            running = false;
        }
    }
}
