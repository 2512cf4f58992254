package dev.tempo.model;

import java.util.OptionalInt;

/**
 * The attention of one layer: which keys a query reads, and how queries and keys are rotated by their positions.
 *
 * @param window the number of keys that a query reads at most, its own included; empty if it reads all keys before it
 * @param rope the rotation of queries and keys
 */
public record LayerAttention(OptionalInt window, Rope rope) {
    public LayerAttention {
        if (window.isPresent() && window.getAsInt() < 1) {
            throw new IllegalArgumentException("sliding_window must be at least 1, but is " + window.getAsInt());
        }
    }

    /** Attention in which a query reads its own key and every key before it. */
    public static LayerAttention full(Rope rope) {
        return new LayerAttention(OptionalInt.empty(), rope);
    }

    /** Attention in which a query reads the last {@code window} keys, its own included. */
    public static LayerAttention sliding(int window, Rope rope) {
        return new LayerAttention(OptionalInt.of(window), rope);
    }
}
