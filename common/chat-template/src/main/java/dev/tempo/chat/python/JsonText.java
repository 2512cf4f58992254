package dev.tempo.chat.python;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON as Python's {@code json.dumps} writes it. */
public final class JsonText {
    private final String between;
    private final String afterKey;
    private final @Nullable String margin;
    private final boolean ascii;
    private final boolean sorted;
    private final StringBuilder text = new StringBuilder();

    private JsonText(String between, String afterKey, @Nullable String margin, boolean ascii, boolean sorted) {
        this.between = between;
        this.afterKey = afterKey;
        this.margin = margin;
        this.ascii = ascii;
        this.sorted = sorted;
    }

    /**
     * The JSON of a value, by the parameters of Hugging Face's filter {@code tojson}: ensure_ascii, indent, separators,
     * sort_keys.
     *
     * @throws IllegalArgumentException where Python refuses the value or an argument
     */
    public static String of(Object value, Arguments given) {
        Arguments.Bound bound = given.bind("ensure_ascii=", "indent=", "separators=", "sort_keys=");
        Object indent = bound.get("indent");
        BigInteger width = PythonNumbers.whole(indent);
        String margin = indent == Python.NONE
                ? null
                : width != null ? PythonText.spaces(bound.whole("indent", 0)) : bound.text("indent");
        List<Object> separators = bound.get("separators") == Python.NONE
                ? List.of(margin == null ? ", " : ",", ": ")
                : Elements.list(bound.get("separators"));
        if (separators.size() != 2
                || !(separators.get(0) instanceof String between)
                || !(separators.get(1) instanceof String afterKey)) {
            throw new IllegalArgumentException("separators of tojson are two texts, not " + Repr.of(separators));
        }
        JsonText json = new JsonText(between, afterKey, margin, bound.flag("ensure_ascii"), bound.flag("sort_keys"));
        json.append(value, 0);
        return json.text.toString();
    }

    private void append(Object value, int level) {
        Python.requireFit(text.length());
        if (Python.isText(value)) {
            quote(Python.text(value));
        } else if (value instanceof Dict dict) {
            append(dict, level);
        } else if (value instanceof List || value instanceof Tuple) {
            List<Object> list = Elements.sized(value);
            open('[', list.isEmpty());
            for (int i = 0; i < list.size(); i++) {
                item(i, level);
                append(list.get(i), level + 1);
            }
            close(']', list.isEmpty(), level);
        } else {
            text.append(scalar(value));
        }
    }

    private static String scalar(Object value) {
        if (value == Python.NONE) {
            return "null";
        } else if (value instanceof Boolean) {
            return value.toString();
        } else if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
            return number.isNaN() ? "NaN" : number > 0 ? "Infinity" : "-Infinity";
        } else if (PythonNumbers.isNumber(value)) {
            return Repr.of(value);
        }
        throw new IllegalArgumentException(Python.kind(value) + " is no JSON");
    }

    private void append(Dict dict, int level) {
        List<Object> items = dict.items();
        if (sorted) {
            items.sort(Comparator.comparing(JsonText::key, Operators.order()));
        }
        open('{', items.isEmpty());
        int index = 0;
        for (Object item : items) {
            item(index++, level);
            Object key = key(item);
            quote(Python.isText(key) ? Python.text(key) : scalar(key));
            text.append(afterKey);
            append(((Tuple) item).items().get(1), level + 1);
        }
        close('}', items.isEmpty(), level);
    }

    private static Object key(Object item) {
        return ((Tuple) item).items().get(0);
    }

    private void open(char bracket, boolean empty) {
        text.append(bracket);
        if (margin != null && !empty) {
            text.append('\n');
        }
    }

    private void item(int index, int level) {
        text.append(index == 0 ? "" : between);
        if (margin != null) {
            text.append(index == 0 ? "" : "\n").append(margin.repeat(level + 1));
        }
    }

    private void close(char bracket, boolean empty, int level) {
        if (margin != null && !empty) {
            text.append('\n').append(margin.repeat(level));
        }
        text.append(bracket);
    }

    private void quote(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> {
                    if (c < 0x20 || ascii && c > 0x7e) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
