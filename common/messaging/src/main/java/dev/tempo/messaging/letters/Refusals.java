package dev.tempo.messaging.letters;

/** The way to the dead letters of one topic for a reader that holds messages and learns later that one means nothing. */
public interface Refusals {

    /**
     * Moves the record that stands there to the dead letters, byte for byte; returns when the broker has it.
     *
     * @param reason why no reader can ever take it
     */
    void refuse(int partition, long offset, String reason);
}
