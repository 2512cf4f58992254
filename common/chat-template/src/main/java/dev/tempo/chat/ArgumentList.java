package dev.tempo.chat;

import dev.tempo.chat.python.Arguments;
import dev.tempo.chat.python.Dict;
import dev.tempo.chat.python.Elements;
import dev.tempo.chat.python.Python;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of a call as the template writes them between parentheses.
 *
 * @param positional the arguments without a name
 * @param named the arguments with one
 * @param spread the argument behind {@code *}, whose elements are further positional arguments; null if there is none
 * @param spreadNamed the argument behind {@code **}, whose entries are further named arguments; null if there is none
 */
record ArgumentList(
        List<Expression> positional,
        Map<String, Expression> named,
        @Nullable Expression spread,
        @Nullable Expression spreadNamed) {
    static final ArgumentList NONE = new ArgumentList(List.of(), Map.of(), null, null);

    static ArgumentList of(Expression only) {
        return new ArgumentList(List.of(only), Map.of(), null, null);
    }

    void declare(BlockNames names) {
        positional.forEach(argument -> argument.declare(names));
        named.values().forEach(argument -> argument.declare(names));
        if (spread != null) {
            spread.declare(names);
        }
        if (spreadNamed != null) {
            spreadNamed.declare(names);
        }
    }

    /**
     * The arguments with their values.
     *
     * @param function the called function, for messages
     * @throws IllegalArgumentException if a name is given twice, or is no text
     */
    Arguments in(Scope scope, String function) {
        List<Object> values = new ArrayList<>();
        positional.forEach(argument -> values.add(argument.in(scope)));
        Map<String, Object> namedValues = new LinkedHashMap<>();
        named.forEach((name, argument) -> namedValues.put(name, argument.in(scope)));
        if (spread != null) {
            values.addAll(Elements.list(spread.in(scope)));
        }
        if (spreadNamed != null) {
            if (!(spreadNamed.in(scope) instanceof Dict dict)) {
                throw new IllegalArgumentException("'**' takes a mapping");
            }
            for (Object key : dict.keys()) {
                Object value = dict.get(key);
                if (!Python.isText(key) || value == null || namedValues.put(Python.text(key), value) != null) {
                    throw new IllegalArgumentException(function + " is given '" + Python.text(key) + "' twice");
                }
            }
        }
        return new Arguments(function, values, namedValues);
    }
}
