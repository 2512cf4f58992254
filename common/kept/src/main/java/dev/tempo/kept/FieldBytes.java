package dev.tempo.kept;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Texts as bytes: the characters of each behind their number. Not as UTF-8, which has no form for half a surrogate pair. */
final class FieldBytes {
    private FieldBytes() {}

    static byte[] write(List<String> fields) {
        ByteBuffer bytes = ByteBuffer.allocate(fields.stream()
                .mapToInt(field -> Integer.BYTES + Character.BYTES * field.length())
                .sum());
        for (String field : fields) {
            bytes.putInt(field.length());
            field.chars().forEach(character -> bytes.putChar((char) character));
        }
        return bytes.array();
    }

    static List<String> read(byte[] written) {
        ByteBuffer bytes = ByteBuffer.wrap(written);
        List<String> fields = new ArrayList<>();
        while (bytes.hasRemaining()) {
            char[] characters = new char[bytes.getInt()];
            for (int at = 0; at < characters.length; at++) {
                characters[at] = bytes.getChar();
            }
            fields.add(new String(characters));
        }
        return fields;
    }
}
