package dev.tempo.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** Log-probabilities in nats, one per response token, at temperature 1 over the full vocabulary. On the wire: base64 of little-endian float32. */
public final class LogProbs {
    private final float[] entries;

    private LogProbs(float[] entries) {
        this.entries = entries;
    }

    public static LogProbs of(float... entries) {
        return new LogProbs(entries.clone());
    }

    /**
     * The entries that a text on the wire holds.
     *
     * @throws IllegalArgumentException if the text is not base64, holds no whole number of entries, or one that is NaN or
     *     infinite
     */
    @JsonCreator
    public static LogProbs decode(String base64) {
        return new LogProbs(LittleEndian.floats(base64));
    }

    /** The entries as a text on the wire. */
    @JsonValue
    public String encode() {
        return LittleEndian.encode(entries);
    }

    /** The number of entries. */
    public int length() {
        return entries.length;
    }

    public float get(int index) {
        return entries[index];
    }

    /** A fresh copy. */
    public float[] toArray() {
        return entries.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LogProbs that && Arrays.equals(entries, that.entries);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(entries);
    }

    @Override
    public String toString() {
        return Arrays.toString(entries);
    }
}
