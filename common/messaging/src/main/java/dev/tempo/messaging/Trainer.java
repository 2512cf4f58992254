package dev.tempo.messaging;

/** The single-threaded owner of a model in training; every method is called on its {@link TrainerLoop}'s thread. */
public interface Trainer<V> {

    /** This instance owns the topic now. The loop stands at its end; load the checkpoint and {@link TrainerLoop#rewind}. */
    void assigned();

    /** Another instance may own the topic from here on, or the service stops: drop buffers, release the checkpoint. */
    void revoked();

    /** Any exception stops the loop and turns health DOWN with its message; nothing is skipped. */
    void on(Received<V> received);
}
