package dev.tempo.chat.builtin;

import dev.tempo.chat.python.Arguments;
import dev.tempo.chat.python.Dict;
import dev.tempo.chat.python.Elements;
import dev.tempo.chat.python.Operators;
import dev.tempo.chat.python.Python;
import dev.tempo.chat.python.PythonGenerator;
import dev.tempo.chat.python.Tuple;
import dev.tempo.chat.python.Undefined;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The filters that sort elements, compare them, or group equal ones. */
final class OrderFilters {
    static final Map<String, Filter> ALL = Map.of(
            "dictsort", OrderFilters::dictsort,
            "sort", OrderFilters::sort,
            "min", (value, given) -> extreme(value, given, "<"),
            "max", (value, given) -> extreme(value, given, ">"),
            "unique", OrderFilters::unique,
            "groupby", OrderFilters::groupby);

    private OrderFilters() {}

    private static Object dictsort(Object value, Arguments given) {
        Arguments.Bound bound = given.bind("case_sensitive=", "by=", "reverse=");
        Object by = bound.get("by", "key");
        if (!by.equals("key") && !by.equals("value")) {
            throw new IllegalArgumentException("dictsort sorts by 'key' or by 'value'");
        } else if (!(value instanceof Dict dict)) {
            throw value instanceof Undefined undefined
                    ? undefined.used()
                    : new IllegalArgumentException("dictsort takes a mapping, not " + Python.kind(value));
        } else {
            int place = by.equals("key") ? 0 : 1;
            List<Object> items = dict.items();
            boolean caseSensitive = bound.flag("case_sensitive");
            order(items, item -> folded(((Tuple) item).items().get(place), caseSensitive), bound.wholeFlag("reverse"));
            return items;
        }
    }

    private static Object folded(Object value, boolean caseSensitive) {
        return !caseSensitive && Python.isText(value) ? Python.text(value).toLowerCase(Locale.ROOT) : value;
    }

    /** An item and the key by which it is sorted. */
    private record Keyed(Object key, Object item) {}

    private static void order(List<Object> items, UnaryOperator<Object> key, boolean reverse) {
        List<Keyed> keyed = new ArrayList<>();
        items.forEach(item -> keyed.add(new Keyed(key.apply(item), item)));
        Comparator<Keyed> order = Comparator.comparing(Keyed::key, Operators.order());
        keyed.sort(reverse ? order.reversed() : order);
        items.clear();
        keyed.forEach(one -> items.add(one.item()));
    }

    private static Object sort(Object value, Arguments given) {
        Arguments.Bound bound = given.bind("reverse=", "case_sensitive=", "attribute=");
        List<Attributes> attributes = Attributes.several(bound.get("attribute"));
        boolean caseSensitive = bound.flag("case_sensitive");
        List<Object> items = Elements.list(value);
        order(
                items,
                item -> attributes.stream()
                        .map(one -> one.key(item, caseSensitive))
                        .toList(),
                bound.wholeFlag("reverse"));
        return items;
    }

    private static Object extreme(Object value, Arguments given, String operator) {
        Arguments.Bound bound = given.bind("case_sensitive=", "attribute=");
        Attributes attributes = Attributes.of(bound.get("attribute"), null);
        boolean caseSensitive = bound.flag("case_sensitive");
        Iterator<Object> items = Elements.iterator(value);
        if (!items.hasNext()) {
            return new Undefined("there is no least or greatest item of something empty");
        }
        Object best = items.next();
        Object bestKey = attributes.key(best, caseSensitive);
        while (items.hasNext()) {
            Object item = items.next();
            Object key = attributes.key(item, caseSensitive);
            if (Python.truth(Operators.apply(operator, key, bestKey))) {
                best = item;
                bestKey = key;
            }
        }
        return best;
    }

    private static Object unique(Object value, Arguments given) {
        Arguments.Bound bound = given.bind("case_sensitive=", "attribute=");
        Attributes attributes = Attributes.of(bound.get("attribute"), null);
        Set<Object> seen = new HashSet<>();
        List<Object> unique = new ArrayList<>();
        for (Object item : Elements.list(value)) {
            if (seen.add(Dict.hashable(attributes.key(item, bound.flag("case_sensitive"))))) {
                unique.add(item);
            }
        }
        return new PythonGenerator(unique.iterator());
    }

    private static Object groupby(Object value, Arguments given) {
        Arguments.Bound bound = given.bind("attribute", "default=", "case_sensitive=");
        Object otherwise = bound.get("default");
        Attributes attributes = Attributes.of(bound.get("attribute"), otherwise == Python.NONE ? null : otherwise);
        boolean caseSensitive = bound.flag("case_sensitive");
        List<Object> items = Elements.list(value);
        order(items, item -> attributes.key(item, caseSensitive), false);
        List<Object> groups = new ArrayList<>();
        List<Object> group = new ArrayList<>();
        for (Object item : items) {
            boolean same = !group.isEmpty()
                    && Python.equal(attributes.key(group.get(0), caseSensitive), attributes.key(item, caseSensitive));
            if (!same) {
                group = new ArrayList<>();
                groups.add(new Tuple(List.of(attributes.in(item), group), List.of("grouper", "list")));
            }
            group.add(item);
        }
        return groups;
    }
}
