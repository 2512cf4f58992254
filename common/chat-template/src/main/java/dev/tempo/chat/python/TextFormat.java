package dev.tempo.chat.python;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Python's {@code str.format()}: a text whose fields in braces are replaced by arguments. */
final class TextFormat {
    private final List<Object> positional;
    private final Dict named;
    private int next;
    private boolean numbered;

    private TextFormat(List<Object> positional, Dict named) {
        this.positional = positional;
        this.named = named;
    }

    static String of(String format, Arguments given) {
        Dict named = new Dict();
        given.named().forEach(named::put);
        return new TextFormat(given.positional(), named).written(format, 2);
    }

    static String ofMapping(String format, Object mapping) {
        if (!(mapping instanceof Dict dict)) {
            throw new IllegalArgumentException("format_map() takes a mapping, not " + Python.kind(mapping));
        }
        return new TextFormat(List.of(), dict).written(format, 2);
    }

    private String written(String format, int depth) {
        if (depth < 0) {
            throw new IllegalArgumentException("fields of format() are nested too deeply");
        }
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at);
            boolean twice = at + 1 < format.length() && format.charAt(at + 1) == c;
            if ((c == '{' || c == '}') && twice) {
                text.append(c);
                at += 2;
            } else if (c == '}') {
                throw new IllegalArgumentException("format(): a single '}'");
            } else if (c == '{') {
                int end = end(format, at);
                text.append(field(format.substring(at + 1, end), depth));
                at = end + 1;
            } else {
                text.append(c);
                at++;
            }
            Python.requireFit(text.length());
        }
        return text.toString();
    }

    private static int end(String format, int open) {
        int depth = 0;
        boolean index = false;
        for (int i = open; i < format.length(); i++) {
            char c = format.charAt(i);
            index = c == '[' || index && c != ']';
            depth += index ? 0 : c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("format(): a '{' without a '}'");
    }

    private String field(String field, int depth) {
        int end = 0;
        boolean index = false;
        while (end < field.length() && (index || field.charAt(end) != '!' && field.charAt(end) != ':')) {
            index = field.charAt(end) == '[' || index && field.charAt(end) != ']';
            end++;
        }
        Object value = value(field.substring(0, end));
        String rest = field.substring(end);
        if (rest.startsWith("!")) {
            if (rest.length() < 2 || rest.length() > 2 && rest.charAt(2) != ':') {
                throw new IllegalArgumentException("format(): '" + rest + "' is no conversion");
            }
            value = switch (rest.charAt(1)) {
                case 's' -> Python.text(value);
                case 'r' -> Repr.of(value);
                default ->
                    throw new IllegalArgumentException("format(): the conversion '" + rest + "' is not supported");
            };
            rest = rest.substring(2);
        }
        String spec = rest.isEmpty() ? "" : written(rest.substring(1), depth - 1);
        return FormatSpec.format(value, spec);
    }

    private Object value(String name) {
        if (name.indexOf('{') >= 0) {
            throw new IllegalArgumentException("format(): '{' in a field's name");
        }
        int end = 0;
        while (end < name.length() && name.charAt(end) != '.' && name.charAt(end) != '[') {
            end++;
        }
        Object value = argument(name.substring(0, end));
        while (end < name.length()) {
            boolean attribute = name.charAt(end) == '.';
            int start = end + 1;
            end = start;
            while (end < name.length()
                    && (attribute ? name.charAt(end) != '.' && name.charAt(end) != '[' : name.charAt(end) != ']')) {
                end++;
            }
            String part = name.substring(start, end);
            if (part.isEmpty() || !attribute && end == name.length()) {
                throw new IllegalArgumentException("format(): '" + name + "' is no field");
            }
            BigInteger index = attribute ? null : index(part);
            value = attribute
                    ? MemberAccess.attribute(value, part)
                    : MemberAccess.item(value, index == null ? part : index);
            end += attribute ? 0 : 1;
        }
        return value;
    }

    private static @Nullable BigInteger index(String part) {
        return part.chars().allMatch(c -> c >= '0' && c <= '9') && !part.isEmpty() ? new BigInteger(part) : null;
    }

    private Object argument(String name) {
        BigInteger place = index(name);
        if (name.isEmpty() || place != null) {
            if (place == null ? numbered : next > 0) {
                throw new IllegalArgumentException("format() takes fields with numbers or without, not both");
            }
            numbered |= place != null;
            BigInteger wanted = place == null ? BigInteger.valueOf(next++) : place;
            if (wanted.compareTo(BigInteger.valueOf(positional.size())) >= 0) {
                throw new IllegalArgumentException("format() has no argument " + wanted);
            }
            return positional.get(wanted.intValue());
        }
        Object value = named.get(name);
        if (value == null) {
            throw new IllegalArgumentException("format() has no argument '" + name + "'");
        }
        return value;
    }
}
