package dev.tempo.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;

/** Token ids of a prompt or a response, in order. On the wire: base64 of little-endian int32. */
public final class TokenIds {
    private final int[] entries;

    private TokenIds(int[] entries) {
        this.entries = entries;
    }

    public static TokenIds of(int... entries) {
        return new TokenIds(entries.clone());
    }

    @JsonCreator
    public static TokenIds decode(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        if (bytes.length % 4 != 0) {
            throw new IllegalArgumentException(bytes.length + " bytes are no whole number of 4-byte entries");
        }
        int[] entries = new int[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(entries);
        return new TokenIds(entries);
    }

    @JsonValue
    public String encode() {
        ByteBuffer bytes = ByteBuffer.allocate(entries.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(entries);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

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
