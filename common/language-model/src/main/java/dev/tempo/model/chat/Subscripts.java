package dev.tempo.model.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code a.b}, {@code a[b]} and {@code a[b:c:d]} are. What is not there is undefined, which is null. */
final class Subscripts {
    private Subscripts() {}

    /** @throws IllegalArgumentException if the base is undefined */
    static @Nullable Object attribute(@Nullable Object base, String name) {
        if (base == null) {
            throw new IllegalArgumentException("something undefined has no attribute '" + name + "'");
        } else if (base instanceof Map<?, ?> map) {
            return map.get(name);
        } else if (base instanceof Loop loop) {
            return loop.attribute(name);
        }
        return null;
    }

    /** @throws IllegalArgumentException if the base is undefined */
    static @Nullable Object item(@Nullable Object base, @Nullable Object index) {
        if (base == null) {
            throw new IllegalArgumentException("something undefined has no item " + Python.literal(index));
        } else if (base instanceof Map<?, ?> map) {
            return map.get(index);
        } else if (Python.number(index) instanceof Long position) {
            List<@Nullable Object> elements =
                    base instanceof List || base instanceof String ? PythonMethods.elements(base) : List.of();
            long from = position < 0 ? position + elements.size() : position;
            return from >= 0 && from < elements.size() ? elements.get((int) from) : null;
        }
        return index instanceof String name ? attribute(base, name) : null;
    }

    /** @param bounds start, end and step, None where not given */
    static Object slice(@Nullable Object base, List<@Nullable Object> bounds) {
        if (!(base instanceof List || base instanceof String)) {
            throw new IllegalArgumentException(PythonOperators.kind(base) + " cannot be sliced");
        }
        List<@Nullable Object> elements = PythonMethods.elements(base);
        int size = elements.size();
        long step = bound(bounds.get(2), 1);
        if (step == 0) {
            throw new IllegalArgumentException("a slice's step cannot be 0");
        }
        long start = within(bound(bounds.get(0), step > 0 ? 0 : size - 1L), bounds.get(0), size, step);
        long end = within(bound(bounds.get(1), step > 0 ? size : -1L), bounds.get(1), size, step);
        List<@Nullable Object> slice = new ArrayList<>();
        for (long i = start; step > 0 ? i < end : i > end; i += step) {
            slice.add(elements.get((int) i));
        }
        return base instanceof String
                ? String.join("", slice.stream().map(Python::text).toList())
                : slice;
    }

    private static long bound(@Nullable Object given, long otherwise) {
        if (given == Python.NONE) {
            return otherwise;
        }
        if (given instanceof Long whole) {
            return whole;
        }
        throw new IllegalArgumentException("a slice goes by whole numbers, not by " + PythonOperators.kind(given));
    }

    private static long within(long bound, @Nullable Object given, int size, long step) {
        long from = bound < 0 && given != Python.NONE ? bound + size : bound;
        return step > 0 ? Math.min(Math.max(from, 0), size) : Math.min(Math.max(from, -1), size - 1L);
    }
}
