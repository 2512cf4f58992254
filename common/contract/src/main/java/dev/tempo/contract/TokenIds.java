package dev.tempo.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** Token ids of a prompt or a response, in order. On the wire: base64 of little-endian int32. */
public final class TokenIds {
    private final int[] entries;

    private TokenIds(int[] entries) {
        this.entries = entries;
    }

    public static TokenIds of(int... entries) {
        return new TokenIds(entries.clone());
    }

    /**
     * The entries that a text on the wire holds.
     *
     * @throws IllegalArgumentException if the text is not base64 or holds no whole number of entries
     */
    @JsonCreator
    public static TokenIds decode(String base64) {
        return new TokenIds(LittleEndian.ints(base64));
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

    public int get(int index) {
        return entries[index];
    }

    /** A fresh copy. */
    public int[] toArray() {
        return entries.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenIds that && Arrays.equals(entries, that.entries);
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
