package dev.tempo.conformance.formula;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of parsed JSON by type: maps, lists, numbers, booleans, texts. Numbers that are not finite are written as texts.
 */
final class Json {
    private Json() {}

    static Map<?, ?> object(String name, @Nullable Object json) {
        if (json instanceof Map<?, ?> map) {
            return map;
        }
        throw wrong(name, "an object", json);
    }

    static List<?> list(String name, @Nullable Object json) {
        if (json instanceof List<?> list) {
            return list;
        }
        throw wrong(name, "a list", json);
    }

    static boolean isNumber(@Nullable Object json) {
        return json instanceof Number || "NaN".equals(json) || "Infinity".equals(json) || "-Infinity".equals(json);
    }

    static double number(String name, @Nullable Object json) {
        if (json instanceof Number number) {
            return number.doubleValue();
        }
        if (json instanceof String text && isNumber(text)) {
            return Double.parseDouble(text);
        }
        throw wrong(name, "a number", json);
    }

    static boolean flag(String name, @Nullable Object json) {
        return json instanceof Boolean flag ? flag : number(name, json) != 0;
    }

    static String text(String name, @Nullable Object json) {
        if (json instanceof String text) {
            return text;
        }
        throw wrong(name, "a text", json);
    }

    static double[] numbers(String name, @Nullable Object json) {
        List<?> list = list(name, json);
        double[] numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = number(name + "[" + i + "]", list.get(i));
        }
        return numbers;
    }

    static boolean[] flags(String name, @Nullable Object json) {
        List<?> list = list(name, json);
        boolean[] flags = new boolean[list.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = flag(name + "[" + i + "]", list.get(i));
        }
        return flags;
    }

    private static IllegalArgumentException wrong(String name, String wanted, @Nullable Object json) {
        return new IllegalArgumentException(
                name + " must be " + wanted + ", but is " + (json == null ? "missing" : json));
    }
}
