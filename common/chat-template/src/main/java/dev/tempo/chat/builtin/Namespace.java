package dev.tempo.chat.builtin;

import dev.tempo.chat.python.Arguments;
import dev.tempo.chat.python.Dict;
import dev.tempo.chat.python.Elements;
import dev.tempo.chat.python.Python;
import dev.tempo.chat.python.PythonObject;
import dev.tempo.chat.python.Repr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** jinja2's namespace: the only object whose attributes a template may set. */
public final class Namespace implements PythonObject {
    private final Dict attributes = new Dict();

    Namespace(Arguments given) {
        Dict initial = mapping(given);
        for (Object name : initial.keys()) {
            Object value = initial.get(name);
            if (value != null) {
                set(Python.text(name), value);
            }
        }
    }

    /** The mapping that the function {@code dict()} makes of its arguments. */
    static Dict mapping(Arguments given) {
        Dict mapping = new Dict();
        if (given.positional().size() > 1) {
            throw new IllegalArgumentException(given.function() + " takes one mapping at most");
        }
        for (Object argument : given.positional()) {
            if (argument instanceof Dict other) {
                mapping.putAll(other);
                continue;
            }
            for (Object pair : Elements.list(argument)) {
                List<Object> parts = Elements.list(pair);
                if (parts.size() != 2) {
                    throw new IllegalArgumentException(given.function() + " takes pairs of key and value");
                }
                mapping.put(parts.get(0), parts.get(1));
            }
        }
        given.named().forEach(mapping::put);
        return mapping;
    }

    /**
     * Sets an attribute.
     *
     * @throws IllegalArgumentException for a name that begins with an underscore, which transformers refuses too
     */
    public void set(String name, Object value) {
        if (name.startsWith("_")) {
            throw new IllegalArgumentException(
                    "a namespace takes no attribute that begins with '_', such as '" + name + "'");
        }
        attributes.put(name, value);
    }

    @Override
    public @Nullable Object attribute(String name) {
        return attributes.get(name);
    }

    @Override
    public String repr() {
        return "<Namespace " + Repr.of(attributes) + ">";
    }
}
