package dev.tempo.model.export;

import java.util.List;

/** The named values at the head of a GGUF file, in the order in which they are added. */
final class GgufHeader {
    private static final int UINT32 = 4;
    private static final int INT32 = 5;
    private static final int FLOAT32 = 6;
    private static final int BOOL = 7;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private final GgufBytes bytes = new GgufBytes();
    private int count;

    void text(String key, String text) {
        begin(key, STRING).text(text);
    }

    void number(String key, int number) {
        begin(key, UINT32).number(number, Integer.BYTES);
    }

    void real(String key, double number) {
        begin(key, FLOAT32).number(Float.floatToIntBits((float) number), Integer.BYTES);
    }

    void flag(String key, boolean flag) {
        begin(key, BOOL).number(flag ? 1 : 0, Byte.BYTES);
    }

    void texts(String key, List<String> texts) {
        list(key, STRING, texts.size());
        texts.forEach(bytes::text);
    }

    void numbers(String key, List<Integer> numbers) {
        list(key, INT32, numbers.size());
        numbers.forEach(number -> bytes.number(number, Integer.BYTES));
    }

    void flags(String key, List<Boolean> flags) {
        list(key, BOOL, flags.size());
        flags.forEach(flag -> bytes.number(flag ? 1 : 0, Byte.BYTES));
    }

    /** The number of values. */
    int count() {
        return count;
    }

    byte[] bytes() {
        return bytes.all();
    }

    private void list(String key, int type, int length) {
        begin(key, ARRAY).number(type, Integer.BYTES).number(length, Long.BYTES);
    }

    private GgufBytes begin(String key, int type) {
        count++;
        return bytes.text(key).number(type, Integer.BYTES);
    }
}
