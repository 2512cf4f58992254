package dev.tempo.chat.python;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** The elements of a value as loops and filters see them: a list's items, a mapping's keys, a text's characters. */
public final class Elements {
    private Elements() {}

    /** Whether a value has elements. */
    public static boolean has(Object value) {
        return value instanceof PythonGenerator || value instanceof Undefined || isSized(value);
    }

    /** Whether a value has elements and a length. */
    static boolean isSized(Object value) {
        return Python.isText(value)
                || value instanceof List
                || value instanceof Tuple
                || value instanceof Dict
                || value instanceof DictView
                || value instanceof PythonRange;
    }

    /**
     * The elements of a value one after the other. Those of a generator are consumed.
     *
     * @throws IllegalArgumentException if the value has no elements
     */
    public static Iterator<Object> iterator(Object value) {
        return value instanceof PythonGenerator lazy ? lazy : sized(value).iterator();
    }

    /**
     * The elements of a value in a new list.
     *
     * @throws IllegalArgumentException if the value has no elements
     */
    public static List<Object> list(Object value) {
        List<Object> list = new ArrayList<>();
        Iterator<Object> elements = iterator(value);
        while (elements.hasNext()) {
            list.add(elements.next());
            Python.requireFit(list.size());
        }
        return list;
    }

    /**
     * The length of a value, as {@code len()} gives it.
     *
     * @throws IllegalArgumentException if the value has no length
     */
    public static int length(Object value) {
        if (value instanceof Undefined) {
            return 0;
        } else if (Python.isText(value)) {
            String text = Python.text(value);
            return text.codePointCount(0, text.length());
        } else if (value instanceof Dict dict) {
            return dict.size();
        } else if (!isSized(value)) {
            throw new IllegalArgumentException(Python.kind(value) + " has no length");
        }
        return sized(value).size();
    }

    /** The items of a list, tuple or range, not to be changed. */
    @SuppressWarnings("unchecked")
    static List<Object> sized(Object value) {
        if (value instanceof List<?> list) {
            return Collections.unmodifiableList((List<Object>) list);
        } else if (value instanceof Tuple tuple) {
            return tuple.items();
        } else if (value instanceof Dict dict) {
            return dict.keys();
        } else if (value instanceof DictView view) {
            return view.elements();
        } else if (value instanceof PythonRange range) {
            return range.elements();
        } else if (Python.isText(value)) {
            return Python.text(value)
                    .codePoints()
                    .<Object>mapToObj(Character::toString)
                    .toList();
        } else if (value instanceof Undefined) {
            return List.of();
        }
        throw new IllegalArgumentException(Python.kind(value) + " has no elements");
    }
}
