package dev.tempo.chat.python;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The methods of Python's dict, list, tuple and range that do not change their object. */
final class CollectionMethods {
    /** The names of dict's methods; jinja2's sandbox refuses those that change it. */
    static final Set<String> OF_DICT = Set.of("copy", "fromkeys", "get", "items", "keys", "values");

    static final Set<String> CHANGING_DICT = Set.of("clear", "pop", "popitem", "setdefault", "update");
    static final Set<String> OF_LIST = Set.of("copy", "count", "index");
    static final Set<String> CHANGING_LIST =
            Set.of("append", "clear", "extend", "insert", "pop", "remove", "reverse", "sort");
    static final Set<String> OF_TUPLE = Set.of("count", "index");

    private CollectionMethods() {}

    static Object ofDict(Dict dict, String name, Arguments given) {
        switch (name) {
            case "get" -> {
                Arguments.Bound bound = given.bind("key/", "default/=");
                Object value = dict.get(bound.get("key"));
                return value == null ? bound.get("default") : value;
            }
            case "fromkeys" -> {
                return Dict.fromKeys(given);
            }
            default -> given.bind();
        }
        return switch (name) {
            case "copy" -> {
                Dict copy = new Dict();
                copy.putAll(dict);
                yield copy;
            }
            case "keys" -> new DictView("dict_keys", dict.keys());
            case "values" -> new DictView("dict_values", dict.values());
            default -> new DictView("dict_items", dict.items());
        };
    }

    static Object ofItems(Object sequence, String name, Arguments given) {
        List<Object> items = Elements.sized(sequence);
        if (name.equals("copy")) {
            given.bind();
            return new ArrayList<>(items);
        }
        Arguments.Bound bound = sequence instanceof PythonRange || name.equals("count")
                ? given.bind("value/")
                : given.bind("value/", "start/=", "stop/=");
        Object value = bound.get("value");
        if (name.equals("count")) {
            return BigInteger.valueOf(items.stream()
                    .filter(one -> one == value || Python.equal(one, value))
                    .count());
        }
        int size = items.size();
        Integer place = Operators.place(
                items,
                value,
                MemberAccess.clipped(bound.get("start"), 0, size),
                MemberAccess.clipped(bound.get("stop"), size, size));
        if (place == null) {
            throw new IllegalArgumentException(Repr.of(value) + " is not in " + Python.kind(sequence));
        }
        return BigInteger.valueOf(place);
    }
}
