package dev.tempo.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/**
 * The values that the critic gives one response: V_0 (at the prompt's last token) to V_n (at the last response token):
 * n + 1 entries for n tokens. On the wire: base64 of little-endian float32.
 */
public final class Values {
    private final float[] entries;

    private Values(float[] entries) {
        this.entries = entries;
    }

    public static Values of(float... entries) {
        return new Values(entries.clone());
    }

    /**
     * The entries that a text on the wire holds.
     *
     * @throws IllegalArgumentException if the text is not base64, holds no whole number of entries, or one that is NaN or
     *     infinite
     */
    @JsonCreator
    public static Values decode(String base64) {
        return new Values(LittleEndian.floats(base64));
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
        return other instanceof Values that && Arrays.equals(entries, that.entries);
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
