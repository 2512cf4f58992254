package dev.tempo.chat.builtin;

import dev.tempo.chat.python.Arguments;
import dev.tempo.chat.python.JsonText;
import dev.tempo.chat.python.SafeMarkup;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The filters of jinja2 and transformers, by their names. */
public final class Filters {
    private static final Map<String, Filter> ALL = all();
    private static final Set<String> UNSUPPORTED = Set.of("random", "urlize");

    /** The filters that take markup as a text, or keep it as it is. */
    private static final Set<String> OF_MARKUP = Set.of(
            "e",
            "escape",
            "forceescape",
            "safe",
            "string",
            "length",
            "count",
            "default",
            "d",
            "list",
            "join",
            "tojson",
            "replace");

    private Filters() {}

    private static Map<String, Filter> all() {
        Map<String, Filter> all = new HashMap<>();
        all.putAll(TextFilters.ALL);
        all.putAll(MarkupFilters.ALL);
        all.putAll(NumberFilters.ALL);
        all.putAll(ElementFilters.ALL);
        all.putAll(OrderFilters.ALL);
        all.putAll(SelectionFilters.ALL);
        all.put("tojson", JsonText::of);
        return all;
    }

    static boolean exists(String name) {
        return ALL.containsKey(name) || UNSUPPORTED.contains(name);
    }

    /**
     * The value that a filter makes.
     *
     * @throws IllegalArgumentException if there is no such filter, or it does not take the value or the arguments
     */
    public static Object apply(String name, Object value, Arguments given) {
        Filter filter = ALL.get(name);
        if (filter == null) {
            throw new IllegalArgumentException(
                    UNSUPPORTED.contains(name)
                            ? "the filter '" + name + "' is not supported"
                            : "there is no filter named '" + name + "'");
        }
        boolean markup = value instanceof SafeMarkup
                || given.positional().stream().anyMatch(SafeMarkup.class::isInstance)
                || given.named().values().stream().anyMatch(SafeMarkup.class::isInstance);
        if (markup && !OF_MARKUP.contains(name)) {
            throw new IllegalArgumentException(
                    "the filter '" + name + "' of a text that e, escape or safe made is not supported");
        }
        return filter.apply(value, given);
    }
}
