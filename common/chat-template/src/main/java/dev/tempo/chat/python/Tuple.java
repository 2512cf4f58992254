package dev.tempo.chat.python;

import java.util.List;

/**
 * Python's tuple.
 *
 * @param items its items
 * @param names names of the items, as a named tuple has them; empty for a plain one
 */
public record Tuple(List<Object> items, List<String> names) {

    /** A plain tuple. */
    public Tuple(List<Object> items) {
        this(items, List.of());
    }

    /** A plain tuple. */
    static Tuple of(Object... items) {
        return new Tuple(List.of(items));
    }
}
