package dev.tempo.chat.python;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call. Each of them is either bound to a parameter or refused.
 *
 * @param function the called function, for messages: {@code join()}, {@code filter 'batch'}
 * @param positional the arguments without a name
 * @param named the arguments with one
 */
public record Arguments(String function, List<Object> positional, Map<String, Object> named) {

    /** Whether there is no argument. */
    boolean isEmpty() {
        return positional.isEmpty() && named.isEmpty();
    }

    /**
     * Binds each parameter to its argument.
     *
     * @param parameters the parameters' names; one that ends in {@code =} may be left out, one that ends in {@code /} cannot
     *     be given by name
     * @throws IllegalArgumentException if an argument is missing, unknown, or given twice
     */
    public Bound bind(String... parameters) {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Object> rest = new LinkedHashMap<>(named);
        List<Object> given = new ArrayList<>(positional);
        for (String parameter : parameters) {
            String name = parameter.replaceAll("[/=]", "");
            Object byName = parameter.contains("/") ? null : rest.remove(name);
            if (!given.isEmpty() && byName != null) {
                throw new IllegalArgumentException(function + " is given '" + name + "' twice");
            } else if (!given.isEmpty()) {
                values.put(name, given.remove(0));
            } else if (byName != null) {
                values.put(name, byName);
            } else if (!parameter.endsWith("=")) {
                throw new IllegalArgumentException(function + " needs an argument '" + name + "'");
            }
        }
        if (!given.isEmpty()) {
            throw new IllegalArgumentException(
                    function + " takes " + parameters.length + " arguments, not " + (positional.size() + named.size()));
        }
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException(
                    function + " takes no argument '" + rest.keySet().iterator().next() + "'");
        }
        return new Bound(function, values);
    }

    /**
     * The arguments of one call, by the names of their parameters.
     *
     * @param function the called function, for messages
     * @param values the arguments that were given
     */
    public record Bound(String function, Map<String, Object> values) {

        /** The argument of a parameter; null if it was not given. */
        public @Nullable Object optional(String name) {
            return values.get(name);
        }

        /** The argument of a parameter that must be given. */
        public Object get(String name) {
            return get(name, Python.NONE);
        }

        /** The argument of a parameter, or a default if it was not given. */
        public Object get(String name, Object otherwise) {
            return values.getOrDefault(name, otherwise);
        }

        /** Whether the argument of a parameter is true in Python's sense; false if it was not given. */
        public boolean flag(String name) {
            Object value = values.get(name);
            return value != null && Python.truth(value);
        }

        /**
         * Whether the argument of a parameter, a boolean or whole number, is true; false if it was not given.
         *
         * @throws IllegalArgumentException if the argument is something else
         */
        public boolean wholeFlag(String name) {
            Object value = values.getOrDefault(name, false);
            if (PythonNumbers.whole(value) == null) {
                throw new IllegalArgumentException(
                        function + " takes true or false for '" + name + "', not " + Python.kind(value));
            }
            return Python.truth(value);
        }

        /**
         * The argument of a parameter as a text.
         *
         * @throws IllegalArgumentException if the argument is no text
         */
        public String text(String name) {
            String text = optionalText(name);
            if (text == null) {
                throw new IllegalArgumentException(function + " takes a text for '" + name + "', not None");
            }
            return text;
        }

        /**
         * The argument of a parameter as a text; null if it is None or was not given.
         *
         * @throws IllegalArgumentException if the argument is something else
         */
        public @Nullable String optionalText(String name) {
            Object value = values.get(name);
            if (value == null || value == Python.NONE) {
                return null;
            } else if (value instanceof String text) {
                return text;
            }
            throw new IllegalArgumentException(
                    function + " takes a text for '" + name + "', not " + Python.kind(value));
        }

        /**
         * The argument of a parameter as a whole number, or a default if it was not given.
         *
         * @throws IllegalArgumentException if the argument is something else, or beyond 32 bits
         */
        public int whole(String name, int otherwise) {
            Object value = values.get(name);
            if (value == null) {
                return otherwise;
            }
            BigInteger whole = PythonNumbers.whole(value);
            if (whole == null || whole.bitLength() > 31) {
                throw new IllegalArgumentException(function + " takes a whole number for '" + name + "', not "
                        + (whole == null ? Python.kind(value) : whole));
            }
            return whole.intValue();
        }
    }
}
