package dev.tempo.messaging;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A reader of a topic, on a thread of its own. Declared as a bean, it starts and stops with the service. */
public abstract class Subscription extends LoopLifecycle {
    private final LoopThread loop;
    private final CountDownLatch caughtUp = new CountDownLatch(1);

    Subscription(ReaderContext context, String reader, String topic) {
        this.loop = context.loop(reader + " on " + topic, () -> {
            if (context.topics().await()) {
                read();
            }
        });
    }

    /** Reads until told to stop; on the loop's thread, once the topics are there. */
    abstract void read();

    /** Makes {@link #caughtUp()} true from now on. */
    void catchUp() {
        caughtUp.countDown();
    }

    /**
     * Whether this reader has caught up. One of {@link Subscriptions#everything} has when its handler has seen all that
     * was there at the start, a member of a group when it has joined the group.
     */
    public final boolean caughtUp() {
        return caughtUp.getCount() == 0;
    }

    /** Waits until {@link #caughtUp()}; false when patience ended or the subscription stopped before that. */
    public final boolean awaitCaughtUp(Duration patience) throws InterruptedException {
        return caughtUp.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    final LoopThread loop() {
        return loop;
    }
}
