package dev.tempo.model.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A GGUF file read by the format's description, without anything that the writer is made of. */
record GgufFile(Map<String, Object> values, Map<String, Stored> tensors, ByteBuffer bytes) {

    /** @param type 0 for float32, 1 for float16, 30 for bfloat16 */
    record Stored(List<Long> dimensions, int type, int begin) {}

    static GgufFile read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getInt() != 0x46554747 || bytes.getInt() != 3) {
            throw new IOException("no GGUF file of version 3");
        }
        long tensors = bytes.getLong();
        long values = bytes.getLong();
        Map<String, Object> named = new LinkedHashMap<>();
        for (long i = 0; i < values; i++) {
            named.put(text(bytes), value(bytes, bytes.getInt()));
        }
        record Place(String name, List<Long> dimensions, int type, long offset) {}
        List<Place> places = new ArrayList<>();
        for (long i = 0; i < tensors; i++) {
            String name = text(bytes);
            List<Long> dimensions = new ArrayList<>();
            for (int left = bytes.getInt(); left > 0; left--) {
                dimensions.add(bytes.getLong());
            }
            places.add(new Place(name, dimensions, bytes.getInt(), bytes.getLong()));
        }
        int data = (bytes.position() + 31) / 32 * 32;
        Map<String, Stored> found = new LinkedHashMap<>();
        for (Place place : places) {
            found.put(place.name, new Stored(place.dimensions, place.type, data + (int) place.offset));
        }
        return new GgufFile(named, found, bytes);
    }

    private static String text(ByteBuffer bytes) {
        byte[] text = new byte[(int) bytes.getLong()];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static Object value(ByteBuffer bytes, int type) {
        return switch (type) {
            case 4, 5 -> bytes.getInt();
            case 6 -> bytes.getFloat();
            case 7 -> bytes.get() == 1;
            case 8 -> text(bytes);
            case 9 -> {
                int of = bytes.getInt();
                List<Object> all = new ArrayList<>();
                for (long left = bytes.getLong(); left > 0; left--) {
                    all.add(value(bytes, of));
                }
                yield all;
            }
            default -> throw new IllegalArgumentException("a value of type " + type);
        };
    }

    Stored tensor(String name) {
        return Objects.requireNonNull(tensors.get(name), name);
    }

    Object value(String key) {
        return Objects.requireNonNull(values.get(key), key);
    }

    /** The numbers of a tensor of float32 or bfloat16. */
    float[] numbers(String name) {
        Stored stored = tensor(name);
        int count = (int) stored.dimensions.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = stored.type == 0
                    ? bytes.getFloat(stored.begin + 4 * i)
                    : Float.intBitsToFloat(bytes.getShort(stored.begin + 2 * i) << 16);
        }
        return numbers;
    }
}
