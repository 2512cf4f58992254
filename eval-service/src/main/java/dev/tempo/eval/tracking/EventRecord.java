package dev.tempo.eval.tracking;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A record of a TensorBoard event file: a message {@code Event} of tensorboard's event.proto and summary.proto in the encoding of
 * protocol buffers, framed as TensorFlow frames records: length, its checksum, the message, its checksum.
 */
final class EventRecord {
    private static final String FILE_VERSION = "brain.Event:2";

    private static final int CHECKSUM_DELTA = 0xa282ead8;
    private static final int CHECKSUM_TURN = 15;

    /** Kinds of values on the wire. */
    private static final int VARINT = 0;

    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private static final int GROUP_BITS = 7;
    private static final int GROUP = 0x7f;
    private static final int MORE = 0x80;
    private static final int KIND_BITS = 3;

    private final ByteArrayOutputStream message = new ByteArrayOutputStream();

    private EventRecord() {}

    /** The first record of a file, which says how to read the others. */
    static byte[] header(double wallTime) {
        EventRecord event = new EventRecord();
        event.fixed64(1, wallTime);
        event.bytes(3, FILE_VERSION.getBytes(StandardCharsets.UTF_8));
        return framed(event.message.toByteArray());
    }

    /** All numbers of an entry. */
    static byte[] of(TrackedEntry entry) {
        EventRecord summary = new EventRecord();
        for (Map.Entry<String, Double> scalar : entry.scalars().entrySet()) {
            EventRecord value = new EventRecord();
            value.bytes(1, scalar.getKey().getBytes(StandardCharsets.UTF_8));
            value.fixed32(2, scalar.getValue().floatValue());
            summary.bytes(1, value.message.toByteArray());
        }
        EventRecord event = new EventRecord();
        event.fixed64(1, entry.wallTime());
        event.varint(2, entry.step());
        event.bytes(5, summary.message.toByteArray());
        return framed(event.message.toByteArray());
    }

    private static byte[] framed(byte[] message) {
        byte[] length = little(Long.BYTES).putLong(message.length).array();
        return little(Long.BYTES + Integer.BYTES + message.length + Integer.BYTES)
                .put(length)
                .putInt(checksum(length))
                .put(message)
                .putInt(checksum(message))
                .array();
    }

    /** CRC-32C, turned and shifted so that a checksum of bytes that hold checksums is worth something. */
    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Integer.rotateRight((int) crc.getValue(), CHECKSUM_TURN) + CHECKSUM_DELTA;
    }

    private void varint(int field, long value) {
        key(field, VARINT);
        number(value);
    }

    private void fixed64(int field, double value) {
        key(field, FIXED_64);
        message.writeBytes(little(Double.BYTES).putDouble(value).array());
    }

    private void fixed32(int field, float value) {
        key(field, FIXED_32);
        message.writeBytes(little(Float.BYTES).putFloat(value).array());
    }

    private void bytes(int field, byte[] value) {
        key(field, BYTES);
        number(value.length);
        message.writeBytes(value);
    }

    private void key(int field, int kind) {
        number((long) field << KIND_BITS | kind);
    }

    private void number(long value) {
        long rest = value;
        while ((rest & ~GROUP) != 0) {
            message.write((int) (rest & GROUP) | MORE);
            rest >>>= GROUP_BITS;
        }
        message.write((int) rest);
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
