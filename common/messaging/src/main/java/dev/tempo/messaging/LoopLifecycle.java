package dev.tempo.messaging;

import org.springframework.context.SmartLifecycle;

/** A bean that starts and stops the thread of a loop. */
abstract class LoopLifecycle implements SmartLifecycle {

    abstract LoopThread loop();

    @Override
    public final void start() {
        loop().start();
    }

    /** Stops the loop and returns when its thread has ended, after what is at hand is done. */
    @Override
    public final void stop() {
        loop().stop();
    }

    @Override
    public final boolean isRunning() {
        return loop().isStarted();
    }
}
