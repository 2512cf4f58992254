package dev.tempo.messaging;

import java.time.Duration;
import org.springframework.context.SmartLifecycle;

/** A topic being read on a thread of its own. Declared as a bean, it starts and stops with the service. */
public interface Subscription extends SmartLifecycle {

    /**
     * Of {@link Subscriptions#everything}: whether the handler has seen all that was there when the subscription
     * started. Of a group: whether this instance has joined it.
     */
    boolean caughtUp();

    /** Waits until {@link #caughtUp()}; false when patience ended or the subscription stopped before that. */
    boolean awaitCaughtUp(Duration patience) throws InterruptedException;
}
