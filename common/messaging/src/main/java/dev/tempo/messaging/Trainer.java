package dev.tempo.messaging;

/** The single-threaded owner of a model in training; every method is called on its {@link TrainerLoop}'s thread. */
public interface Trainer<V> {

    /**
     * Takes the topic over: this instance owns it now. The loop stands at its end; the trainer loads the checkpoint and
     * calls {@link TrainerLoop#rewind}.
     */
    void assigned();

    /**
     * Gives the topic up, as another instance may own it from here on or the service stops: the trainer drops its
     * buffers.
     */
    void revoked();

    /**
     * Takes the next message. Any exception stops the loop and turns health DOWN with its message; nothing is skipped.
     *
     * @throws dev.tempo.contract.FencedException if another instance has taken over, which stops nothing: this one stands by
     */
    void on(Received<V> received);
}
