package dev.tempo.chat.python;

import java.util.List;

/**
 * A tuple of Python.
 *
 * @param items the items
 * @param names the items' names if it is a named tuple; empty for a plain one
 */
public record Tuple(List<Object> items, List<String> names) {

    /** A plain tuple of a list of items. */
    public Tuple(List<Object> items) {
        this(items, List.of());
    }

    /** A plain tuple of some items. */
    static Tuple of(Object... items) {
        return new Tuple(List.of(items));
    }
}
