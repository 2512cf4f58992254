package dev.tempo.model.export;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Bytes in GGUF's manner: numbers little-endian, a text's length before it in eight bytes. */
final class GgufBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    GgufBytes text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        number(encoded.length, Long.BYTES);
        bytes.writeBytes(encoded);
        return this;
    }

    /** Adds the low bytes of a number. */
    GgufBytes number(long number, int width) {
        byte[] all = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array();
        bytes.write(all, 0, width);
        return this;
    }

    byte[] all() {
        return bytes.toByteArray();
    }
}
