package dev.tempo.messaging.service;

/** Work of a service's handlers that can be ended before it is done. A bean of this type is told when the service stops. */
@FunctionalInterface
public interface Cancellable {

    /**
     * Lets the work end soon, by a {@link java.util.concurrent.CancellationException} in the handlers where the whole
     * process ends. Called after every loop knows that it ends, so that nothing counts as failed.
     */
    void cancel();
}
