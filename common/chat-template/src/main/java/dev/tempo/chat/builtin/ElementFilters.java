package dev.tempo.chat.builtin;

import dev.tempo.chat.python.Arguments;
import dev.tempo.chat.python.Dict;
import dev.tempo.chat.python.Elements;
import dev.tempo.chat.python.MemberAccess;
import dev.tempo.chat.python.Operators;
import dev.tempo.chat.python.Python;
import dev.tempo.chat.python.PythonGenerator;
import dev.tempo.chat.python.PythonText;
import dev.tempo.chat.python.Repr;
import dev.tempo.chat.python.Tuple;
import dev.tempo.chat.python.Undefined;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The filters of lists, mappings and values of any kind. */
final class ElementFilters {
    static final Map<String, Filter> ALL = Map.ofEntries(
            Map.entry("attr", ElementFilters::attr),
            Map.entry("batch", ElementFilters::batch),
            Map.entry("default", ElementFilters::otherwise),
            Map.entry("d", ElementFilters::otherwise),
            Map.entry("first", ElementFilters::first),
            Map.entry("last", ElementFilters::last),
            Map.entry("items", ElementFilters::items),
            Map.entry("join", ElementFilters::join),
            Map.entry("length", ElementFilters::length),
            Map.entry("count", ElementFilters::length),
            Map.entry("list", ElementFilters::list),
            Map.entry("pprint", ElementFilters::pprint),
            Map.entry("reverse", ElementFilters::reverse),
            Map.entry("slice", ElementFilters::slice));
    private static final int PRINTED_WIDTH = 80;

    private ElementFilters() {}

    private static Object attr(Object value, Arguments given) {
        if (value instanceof Undefined undefined) {
            throw undefined.used();
        }
        return MemberAccess.ownAttribute(value, given.bind("name").text("name"));
    }

    private static Object batch(Object value, Arguments given) {
        Arguments.Bound bound = given.bind("linecount", "fill_with=");
        Object size = bound.get("linecount");
        List<Object> batches = new ArrayList<>();
        List<Object> batch = new ArrayList<>();
        for (Object item : Elements.list(value)) {
            if (Python.equal(BigInteger.valueOf(batch.size()), size)) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.add(item);
        }
        if (!batch.isEmpty()) {
            Object fill = bound.get("fill_with");
            while (fill != Python.NONE && Python.truth(Operators.apply("<", BigInteger.valueOf(batch.size()), size))) {
                batch.add(fill);
            }
            batches.add(batch);
        }
        return new PythonGenerator(batches.iterator());
    }

    private static Object slice(Object value, Arguments given) {
        Arguments.Bound bound = given.bind("slices", "fill_with=");
        int count = bound.whole("slices", 1);
        List<Object> items = Elements.list(value);
        if (count == 0) {
            throw new IllegalArgumentException("slice needs at least one slice");
        }
        List<Object> slices = new ArrayList<>();
        int each = Math.floorDiv(items.size(), count);
        int longer = Math.floorMod(items.size(), count);
        int at = 0;
        for (int i = 0; i < count; i++) {
            int end = at + each + (i < longer ? 1 : 0);
            List<Object> slice = new ArrayList<>(items.subList(at, end));
            if (bound.get("fill_with") != Python.NONE && i >= longer) {
                slice.add(bound.get("fill_with"));
            }
            slices.add(slice);
            at = end;
        }
        return new PythonGenerator(slices.iterator());
    }

    private static Object otherwise(Object value, Arguments given) {
        Arguments.Bound bound = given.bind("default_value=", "boolean=");
        boolean missing = value instanceof Undefined || bound.flag("boolean") && !Python.truth(value);
        return missing ? bound.get("default_value", "") : value;
    }

    private static Object first(Object value, Arguments given) {
        given.bind();
        Iterator<Object> items = Elements.iterator(value);
        return items.hasNext() ? items.next() : new Undefined("there is no first item of something empty");
    }

    private static Object last(Object value, Arguments given) {
        given.bind();
        if (value instanceof PythonGenerator) {
            throw new IllegalArgumentException("a generator has no last item; make a list of it with the filter list");
        }
        List<Object> items = Elements.list(value);
        return items.isEmpty()
                ? new Undefined("there is no last item of something empty")
                : items.get(items.size() - 1);
    }

    private static Object items(Object value, Arguments given) {
        given.bind();
        if (value instanceof Dict dict) {
            return new PythonGenerator(dict.items().iterator());
        } else if (value instanceof Undefined) {
            return new PythonGenerator(Collections.emptyIterator());
        }
        throw new IllegalArgumentException("items takes a mapping, not " + Python.kind(value));
    }

    private static Object join(Object value, Arguments given) {
        Arguments.Bound bound = given.bind("d=", "attribute=");
        Attributes attributes = Attributes.of(bound.get("attribute"), null);
        return PythonText.join(
                Elements.list(value).stream()
                        .map(item -> Python.text(attributes.in(item)))
                        .toList(),
                Python.text(bound.get("d", "")));
    }

    private static Object length(Object value, Arguments given) {
        given.bind();
        return value instanceof Loop loop
                ? MemberAccess.attribute(loop, "length")
                : BigInteger.valueOf(Elements.length(value));
    }

    private static Object list(Object value, Arguments given) {
        given.bind();
        return Elements.list(value);
    }

    private static Object reverse(Object value, Arguments given) {
        given.bind();
        List<Object> items = Elements.list(value);
        Collections.reverse(items);
        if (value instanceof String) {
            return PythonText.join(items.stream().map(Python::text).toList(), "");
        }
        return value instanceof PythonGenerator ? items : new PythonGenerator(items.iterator());
    }

    private static Object pprint(Object value, Arguments given) {
        given.bind();
        String text = Repr.of(sorted(value));
        if (Elements.length(text) > PRINTED_WIDTH) {
            throw new IllegalArgumentException("pprint of a value that does not fit one line is not supported");
        }
        return text;
    }

    private static Object sorted(Object value) {
        if (value instanceof Dict dict) {
            List<Object> keys = dict.keys();
            keys.sort(Operators.order());
            Dict sorted = new Dict();
            for (Object key : keys) {
                Object item = dict.get(key);
                if (item != null) {
                    sorted.put(key, sorted(item));
                }
            }
            return sorted;
        } else if (value instanceof List || value instanceof Tuple) {
            List<Object> items =
                    Elements.list(value).stream().map(ElementFilters::sorted).toList();
            return value instanceof List ? items : new Tuple(items);
        }
        return value;
    }
}
