package dev.tempo.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;

/** Log-probabilities in nats, one per response token, at temperature 1 over the full vocabulary. On the wire: base64 of little-endian float32. */
public final class LogProbs {
    private final float[] entries;

    private LogProbs(float[] entries) {
        this.entries = entries;
    }

    public static LogProbs of(float... entries) {
        return new LogProbs(entries.clone());
    }

    @JsonCreator
    public static LogProbs decode(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        if (bytes.length % 4 != 0) {
            throw new IllegalArgumentException(bytes.length + " bytes are no whole number of 4-byte entries");
        }
        float[] entries = new float[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(entries);
        return new LogProbs(entries);
    }

    @JsonValue
    public String encode() {
        ByteBuffer bytes = ByteBuffer.allocate(entries.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(entries);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

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
