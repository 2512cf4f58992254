package dev.tempo.model.chat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON as Python's {@code json.dumps} writes it, which Hugging Face's {@code tojson} calls without escaping HTML. */
final class JsonText {
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
     * @param indent a number of spaces or a text for every level, None for one line
     * @param separators what stands between items and after keys, None for Python's choice
     */
    static String of(
            @Nullable Object value,
            @Nullable Object indent,
            @Nullable Object separators,
            boolean ascii,
            boolean sorted) {
        String margin =
                indent instanceof Long ? PythonText.spaces(indent) : indent instanceof String given ? given : null;
        String between = margin == null ? ", " : ",";
        String afterKey = ": ";
        if (separators instanceof List<?> pair && pair.size() == 2) {
            between = Python.text(pair.get(0));
            afterKey = Python.text(pair.get(1));
        }
        JsonText json = new JsonText(between, afterKey, margin, ascii, sorted);
        json.append(value, 0);
        return json.text.toString();
    }

    private void append(@Nullable Object value, int level) {
        if (value == null) {
            throw new IllegalArgumentException("something undefined is no JSON");
        } else if (value instanceof String string) {
            quote(string);
        } else if (value instanceof Map<?, ?> map) {
            append(map, level);
        } else if (value instanceof List<?> list) {
            open('[', list.isEmpty());
            for (int i = 0; i < list.size(); i++) {
                item(i, level);
                append(list.get(i), level + 1);
            }
            close(']', list.isEmpty(), level);
        } else if (value == Python.NONE) {
            text.append("null");
        } else if (value instanceof Boolean) {
            text.append(value);
        } else {
            text.append(Python.literal(value));
        }
    }

    private void append(Map<?, ?> map, int level) {
        Map<?, ?> entries = sorted ? new TreeMap<>(map) : map;
        open('{', map.isEmpty());
        int index = 0;
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            item(index++, level);
            quote(Python.text(entry.getKey()));
            text.append(afterKey);
            append(entry.getValue(), level + 1);
        }
        close('}', map.isEmpty(), level);
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
