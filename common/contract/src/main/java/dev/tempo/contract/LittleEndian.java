package dev.tempo.contract;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/**
 * The encoding of number arrays on the wire: base64 of little-endian int32 or float32, which any language reads in a
 * line.
 */
final class LittleEndian {
    private static final int BYTES = 4;

    private LittleEndian() {}

    static String encode(int[] numbers) {
        ByteBuffer bytes = buffer(numbers.length);
        bytes.asIntBuffer().put(numbers);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    static String encode(float[] numbers) {
        ByteBuffer bytes = buffer(numbers.length);
        bytes.asFloatBuffer().put(numbers);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    /**
     * The int32 numbers that a text holds.
     *
     * @throws IllegalArgumentException if the text is not base64 or holds no whole number of entries
     */
    static int[] ints(String base64) {
        ByteBuffer bytes = decode(base64);
        int[] numbers = new int[bytes.remaining() / BYTES];
        bytes.asIntBuffer().get(numbers);
        return numbers;
    }

    /**
     * The float32 numbers that a text holds.
     *
     * @throws IllegalArgumentException if the text is not base64, holds no whole number of entries, or one that is NaN or
     *     infinite
     */
    static float[] floats(String base64) {
        ByteBuffer bytes = decode(base64);
        float[] numbers = new float[bytes.remaining() / BYTES];
        bytes.asFloatBuffer().get(numbers);
        for (int i = 0; i < numbers.length; i++) {
            if (!Float.isFinite(numbers[i])) {
                throw new IllegalArgumentException("number " + i + " is " + numbers[i]);
            }
        }
        return numbers;
    }

    private static ByteBuffer buffer(int entries) {
        return ByteBuffer.allocate(entries * BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer decode(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        if (bytes.length % BYTES != 0) {
            throw new IllegalArgumentException(
                    bytes.length + " bytes are no whole number of " + BYTES + "-byte entries");
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
