package dev.tempo.chat.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's dict: a mapping in order of insertion in which 1, 1.0 and True are the same key. */
public final class Dict {
    private final Map<Object, Entry> entries = new LinkedHashMap<>();

    private record Entry(Object key, Object value) {}

    /** A key in a form that Java compares as Python does. */
    private record Key(Object comparable) {}

    /**
     * The value of a key; null if there is none.
     *
     * @throws IllegalArgumentException if the key is of a kind that cannot be one
     */
    public @Nullable Object get(Object key) {
        Entry entry = entries.get(hashable(key));
        return entry == null ? null : entry.value();
    }

    /**
     * Sets the value of a key. A key that exists keeps its place and its first form.
     *
     * @throws IllegalArgumentException if the key is of a kind that cannot be one
     */
    public void put(Object key, Object value) {
        Object hashable = hashable(key);
        Entry before = entries.get(hashable);
        entries.put(hashable, new Entry(before == null ? key : before.key(), value));
    }

    /** The dict that {@code dict.fromkeys()} makes: the same value for each of some keys. */
    public static Dict fromKeys(Arguments given) {
        Arguments.Bound bound = given.bind("iterable/", "value/=");
        Dict dict = new Dict();
        Elements.list(bound.get("iterable")).forEach(key -> dict.put(key, bound.get("value")));
        return dict;
    }

    /** Sets all keys of another dict to their values there. */
    public void putAll(Dict other) {
        other.entries.values().forEach(entry -> put(entry.key(), entry.value()));
    }

    /** Whether a key has a value. */
    boolean has(Object key) {
        return entries.containsKey(hashable(key));
    }

    /** The number of keys. */
    int size() {
        return entries.size();
    }

    /** The keys in their order. */
    public List<Object> keys() {
        List<Object> keys = new ArrayList<>();
        entries.values().forEach(entry -> keys.add(entry.key()));
        return keys;
    }

    /** The values in the order of their keys. */
    public List<Object> values() {
        List<Object> values = new ArrayList<>();
        entries.values().forEach(entry -> values.add(entry.value()));
        return values;
    }

    /** The pairs of key and value, as tuples. */
    public List<Object> items() {
        List<Object> items = new ArrayList<>();
        entries.values().forEach(entry -> items.add(Tuple.of(entry.key(), entry.value())));
        return items;
    }

    /**
     * A form of a value that is equal in Java where the values are equal in Python, for sets of them.
     *
     * @throws IllegalArgumentException for lists and mappings, which Python cannot hash
     */
    public static Object hashable(Object value) {
        if (value instanceof Boolean flag) {
            return flag ? BigInteger.ONE : BigInteger.ZERO;
        } else if (value instanceof Double number) {
            boolean whole = !number.isNaN() && !number.isInfinite() && Math.rint(number) == number;
            return whole ? new BigDecimal(number).toBigIntegerExact() : number;
        } else if (value instanceof SafeMarkup markup) {
            return markup.text();
        } else if (value instanceof Tuple tuple) {
            return new Key(tuple.items().stream().map(Dict::hashable).toList());
        } else if (value instanceof Undefined) {
            return Undefined.class;
        } else if (value instanceof List || value instanceof Dict || value instanceof DictView) {
            throw new IllegalArgumentException(Python.kind(value) + " cannot be a key");
        }
        return value;
    }
}
