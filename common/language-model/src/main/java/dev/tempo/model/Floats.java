package dev.tempo.model;

import java.nio.ByteBuffer;

/** Floating-point types of safetensors files, read as float32. */
final class Floats {
    private Floats() {}

    /** Bytes of one number, or -1 for a type that is not supported. */
    static int bytes(String type) {
        return switch (type) {
            case "F32" -> 4;
            case "F16", "BF16" -> 2;
            default -> -1;
        };
    }

    /** Both buffers little-endian; {@code into} holds float32. */
    static void append(String type, ByteBuffer bytes, ByteBuffer into) {
        switch (type) {
            case "F32" -> into.put(bytes);
            case "F16" -> {
                while (bytes.hasRemaining()) {
                    into.putFloat(half(bytes.getShort()));
                }
            }
            case "BF16" -> {
                while (bytes.hasRemaining()) {
                    into.putInt(bytes.getShort() << 16);
                }
            }
            default -> throw new IllegalArgumentException("no floating-point type: " + type);
        }
    }

    /** The value of an IEEE 754 half-precision number. */
    static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = (bits >> 10) & 0x1F;
        int fraction = bits & 0x3FF;
        if (exponent == 0) {
            float subnormal = fraction * 0x1.0p-24f;
            return sign == 0 ? subnormal : -subnormal;
        }
        int wide = exponent == 0x1F ? 0xFF : exponent + 112;
        return Float.intBitsToFloat(sign | (wide << 23) | (fraction << 13));
    }
}
