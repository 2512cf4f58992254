package dev.tempo.model;

import java.util.OptionalInt;

/**
 * What one layer's queries see and how they are turned.
 *
 * @param window how many keys a query sees at most, itself included; empty for all before it
 */
public record LayerAttention(OptionalInt window, Rope rope) {
    public LayerAttention {
        if (window.isPresent() && window.getAsInt() < 1) {
            throw new IllegalArgumentException("sliding_window must be at least 1, but is " + window.getAsInt());
        }
    }

    /** A query sees every key before it. */
    public static LayerAttention full(Rope rope) {
        return new LayerAttention(OptionalInt.empty(), rope);
    }

    /** A query sees the last {@code window} keys, itself included. */
    public static LayerAttention sliding(int window, Rope rope) {
        return new LayerAttention(OptionalInt.of(window), rope);
    }
}
