package dev.tempo.chat.builtin;

import dev.tempo.chat.python.Arguments;
import dev.tempo.chat.python.Elements;
import dev.tempo.chat.python.Python;
import dev.tempo.chat.python.PythonGenerator;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The filters that apply a filter or test to every element. */
final class SelectionFilters {
    static final Map<String, Filter> ALL = Map.of(
            "map", SelectionFilters::map,
            "select", (value, given) -> select(value, given, false, true),
            "reject", (value, given) -> select(value, given, false, false),
            "selectattr", (value, given) -> select(value, given, true, true),
            "rejectattr", (value, given) -> select(value, given, true, false));

    private SelectionFilters() {}

    private static Object map(Object value, Arguments given) {
        if (!Python.truth(value)) {
            return new PythonGenerator(Collections.emptyIterator());
        }
        Function<Object, Object> mapping = mapping(given);
        Iterator<Object> items = Elements.iterator(value);
        return new PythonGenerator(new Iterator<Object>() {
            @Override
            public boolean hasNext() {
                return items.hasNext();
            }

            @Override
            public Object next() {
                return mapping.apply(items.next());
            }
        });
    }

    private static Function<Object, Object> mapping(Arguments given) {
        if (given.positional().isEmpty() && given.named().containsKey("attribute")) {
            Arguments.Bound bound = given.bind("attribute=", "default=");
            Object otherwise = bound.get("default");
            return Attributes.of(bound.get("attribute"), otherwise == Python.NONE ? null : otherwise)::in;
        } else if (given.positional().isEmpty()) {
            throw new IllegalArgumentException("map needs the name of a filter, or attribute=");
        }
        String name = name(given.positional().get(0), "filter");
        Arguments rest = rest(given, 1, "the filter '" + name + "'");
        return item -> Filters.apply(name, item, rest);
    }

    private static String name(Object name, String what) {
        if (name instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("the name of a " + what + " is a text, not " + Python.kind(name));
    }

    private static Arguments rest(Arguments given, int from, String function) {
        List<Object> positional = given.positional();
        return new Arguments(function, positional.subList(from, positional.size()), new LinkedHashMap<>(given.named()));
    }

    private static Object select(Object value, Arguments given, boolean byAttribute, boolean wanted) {
        if (!Python.truth(value)) {
            return new PythonGenerator(Collections.emptyIterator());
        }
        int first = byAttribute ? 1 : 0;
        if (given.positional().size() < first) {
            throw new IllegalArgumentException(given.function() + " needs the name of an attribute");
        }
        Attributes attribute = Attributes.of(byAttribute ? given.positional().get(0) : Python.NONE, null);
        Predicate<Object> test;
        if (given.positional().size() == first) {
            if (!given.named().isEmpty()) {
                throw new IllegalArgumentException(given.function() + " takes no argument '"
                        + given.named().keySet().iterator().next() + "' without a test");
            }
            test = Python::truth;
        } else {
            String name = name(given.positional().get(first), "test");
            Arguments rest = rest(given, first + 1, "the test '" + name + "'");
            test = item -> Predicates.holds(name, item, rest);
        }
        return new PythonGenerator(
                new SelectedItems(Elements.iterator(value), item -> test.test(attribute.in(item)) == wanted));
    }

    /** The items that pass a test. */
    private static final class SelectedItems implements Iterator<Object> {
        private final Iterator<Object> items;
        private final Predicate<Object> passes;
        private @Nullable Object next;

        SelectedItems(Iterator<Object> items, Predicate<Object> passes) {
            this.items = items;
            this.passes = passes;
        }

        @Override
        public boolean hasNext() {
            while (next == null && items.hasNext()) {
                Object candidate = items.next();
                next = passes.test(candidate) ? candidate : null;
            }
            return next != null;
        }

        @Override
        public Object next() {
            Object selected = hasNext() ? next : null;
            if (selected == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return selected;
        }
    }
}
