package dev.tempo.messaging;

/** Work of a service's handlers that can be ended early. A bean of this type is told when the service stops. */
@FunctionalInterface
public interface Cancellable {

    /**
     * Lets the work end soon, if the whole process is ending, by a {@link java.util.concurrent.CancellationException} in the
     * handlers: comes after every loop knows that it ends, so that nothing counts as failed.
     */
    void cancel();
}
