package dev.tempo.model.chat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Jinja's filters that chat templates use, with Hugging Face's {@code tojson}. */
final class Filters {
    private static final Set<String> KNOWN = Set.of(
            "tojson",
            "default",
            "d",
            "length",
            "count",
            "string",
            "trim",
            "upper",
            "lower",
            "capitalize",
            "title",
            "safe",
            "replace",
            "indent",
            "join",
            "list",
            "first",
            "last",
            "reverse",
            "items",
            "dictsort",
            "sort",
            "unique",
            "sum",
            "min",
            "max",
            "map",
            "select",
            "reject",
            "selectattr",
            "rejectattr",
            "int",
            "float",
            "abs",
            "round");

    private final String filter;
    private final List<@Nullable Object> arguments;
    private final Map<String, @Nullable Object> named;

    private Filters(String filter, List<@Nullable Object> arguments, Map<String, @Nullable Object> named) {
        this.filter = filter;
        this.arguments = arguments;
        this.named = named;
    }

    static void requireKnown(String filter) {
        if (!KNOWN.contains(filter)) {
            throw new IllegalArgumentException("there is no filter named '" + filter + "'");
        }
    }

    static @Nullable Object apply(
            String filter,
            @Nullable Object value,
            List<@Nullable Object> arguments,
            Map<String, @Nullable Object> named) {
        return new Filters(filter, arguments, named).of(value);
    }

    private @Nullable Object of(@Nullable Object value) {
        return switch (filter) {
            case "tojson" ->
                JsonText.of(
                        value,
                        argument(1, "indent", Python.NONE),
                        argument(2, "separators", Python.NONE),
                        Python.truth(argument(0, "ensure_ascii", false)),
                        Python.truth(argument(3, "sort_keys", false)));
            case "default", "d" -> {
                boolean absent = Python.truth(argument(1, "boolean", false)) ? !Python.truth(value) : value == null;
                yield absent ? argument(0, "default_value", "") : value;
            }
            case "length", "count" ->
                (long)
                        (value instanceof Map<?, ?> map
                                ? map.size()
                                : PythonMethods.elements(value).size());
            case "string", "safe" -> Python.text(value);
            case "trim" ->
                argument(0, "chars", Python.NONE) instanceof String characters
                        ? PythonText.strip(Python.text(value), characters, true, true)
                        : PythonText.strip(Python.text(value), null, true, true);
            case "upper" -> Python.text(value).toUpperCase(Locale.ROOT);
            case "lower" -> Python.text(value).toLowerCase(Locale.ROOT);
            case "capitalize" -> PythonText.capitalized(Python.text(value));
            case "title" -> PythonText.title(Python.text(value));
            case "replace" ->
                PythonText.replace(
                        Python.text(value),
                        Python.text(argument(0, "old", null)),
                        Python.text(argument(1, "new", null)),
                        argument(2, "count", -1L) instanceof Long limit ? limit.intValue() : -1);
            case "indent" -> indented(Python.text(value));
            case "int", "float", "abs", "round" -> NumberFilters.apply(filter, value, arguments, named);
            default -> new ElementFilters(filter, arguments, named).of(value);
        };
    }

    private String indented(String text) {
        Object width = argument(0, "width", 4L);
        String margin = width instanceof String given ? given : PythonText.spaces(width);
        boolean first = Python.truth(argument(1, "first", false));
        boolean blank = Python.truth(argument(2, "blank", false));
        String[] lines = text.split("\n", -1);
        PythonText.requireFit(text.length() + (long) lines.length * margin.length());
        StringBuilder indented = new StringBuilder();
        for (int i = 0; i < lines.length; i++) {
            boolean margined = i == 0 ? first : blank || !lines[i].isEmpty();
            indented.append(i > 0 ? "\n" : "").append(margined ? margin : "").append(lines[i]);
        }
        return indented.toString();
    }

    private @Nullable Object argument(int index, String name, @Nullable Object otherwise) {
        return index < arguments.size() ? arguments.get(index) : named.getOrDefault(name, otherwise);
    }
}
