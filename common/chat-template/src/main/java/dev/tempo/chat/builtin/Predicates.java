package dev.tempo.chat.builtin;

import dev.tempo.chat.python.Arguments;
import dev.tempo.chat.python.Dict;
import dev.tempo.chat.python.Elements;
import dev.tempo.chat.python.MemberAccess;
import dev.tempo.chat.python.Operators;
import dev.tempo.chat.python.Python;
import dev.tempo.chat.python.PythonFunction;
import dev.tempo.chat.python.PythonNumbers;
import dev.tempo.chat.python.PythonRange;
import dev.tempo.chat.python.SafeMarkup;
import dev.tempo.chat.python.Tuple;
import dev.tempo.chat.python.Undefined;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** The tests of jinja2, which stand behind {@code is}. */
public final class Predicates {
    private static final BigInteger TWO = BigInteger.TWO;
    private static final int SHARED_FROM = -5;
    private static final int SHARED_TO = 256;

    private static final Map<String, Predicate<Object>> PLAIN = Map.ofEntries(
            Map.entry("defined", value -> !(value instanceof Undefined)),
            Map.entry("undefined", Undefined.class::isInstance),
            Map.entry("none", value -> value == Python.NONE),
            Map.entry("boolean", Boolean.class::isInstance),
            Map.entry("true", Boolean.TRUE::equals),
            Map.entry("false", Boolean.FALSE::equals),
            Map.entry("integer", BigInteger.class::isInstance),
            Map.entry("float", Double.class::isInstance),
            Map.entry("number", PythonNumbers::isNumber),
            Map.entry("string", Python::isText),
            Map.entry("mapping", Dict.class::isInstance),
            Map.entry("sequence", Predicates::isSequence),
            Map.entry("iterable", value -> Elements.has(value) || value instanceof Loop),
            Map.entry("callable", PythonFunction.class::isInstance),
            Map.entry("escaped", SafeMarkup.class::isInstance),
            Map.entry("lower", value -> cased(value, "islower")),
            Map.entry("upper", value -> cased(value, "isupper")),
            Map.entry("odd", value -> remains(value, TWO, BigInteger.ONE)),
            Map.entry("even", value -> remains(value, TWO, BigInteger.ZERO)),
            Map.entry("filter", value -> Dict.hashable(value) instanceof String name && Filters.exists(name)),
            Map.entry("test", value -> Dict.hashable(value) instanceof String name && Predicates.exists(name)));

    private static final Map<String, BiPredicate<Object, Object>> WITH_ARGUMENT = Map.of(
            "divisibleby", (value, number) -> remains(value, number, BigInteger.ZERO),
            "sameas", Predicates::same,
            "in", (value, container) -> compared("in", value, container));

    private static final Map<String, String> COMPARISONS = Map.ofEntries(
            Map.entry("==", "=="),
            Map.entry("eq", "=="),
            Map.entry("equalto", "=="),
            Map.entry("!=", "!="),
            Map.entry("ne", "!="),
            Map.entry(">", ">"),
            Map.entry("gt", ">"),
            Map.entry("greaterthan", ">"),
            Map.entry(">=", ">="),
            Map.entry("ge", ">="),
            Map.entry("<", "<"),
            Map.entry("lt", "<"),
            Map.entry("lessthan", "<"),
            Map.entry("<=", "<="),
            Map.entry("le", "<="));

    private Predicates() {}

    private static boolean exists(String name) {
        return PLAIN.containsKey(name) || WITH_ARGUMENT.containsKey(name) || COMPARISONS.containsKey(name);
    }

    /**
     * Whether a test holds for a value.
     *
     * @throws IllegalArgumentException if there is no such test, or it does not take the value or the arguments
     */
    public static boolean holds(String name, Object value, Arguments given) {
        Predicate<Object> plain = PLAIN.get(name);
        if (plain != null) {
            given.bind();
            return plain.test(value);
        }
        BiPredicate<Object, Object> test = WITH_ARGUMENT.get(name);
        if (test != null) {
            String argument = name.equals("in") ? "seq" : name.equals("sameas") ? "other" : "num";
            return test.test(value, given.bind(argument).get(argument));
        }
        String operator = COMPARISONS.get(name);
        if (operator == null) {
            throw new IllegalArgumentException("there is no test named '" + name + "'");
        }
        return compared(operator, value, given.bind("other/").get("other"));
    }

    private static boolean compared(String operator, Object left, Object right) {
        return Python.truth(Operators.apply(operator, left, right));
    }

    private static boolean remains(Object value, Object divisor, BigInteger remainder) {
        return Python.equal(Operators.apply("%", value, divisor), remainder);
    }

    private static boolean cased(Object value, String method) {
        PythonFunction test = (PythonFunction) MemberAccess.attribute(Python.text(value), method);
        return Python.truth(test.call(new Arguments(method, List.of(), Map.of())));
    }

    private static boolean isSequence(Object value) {
        return Python.isText(value)
                || value instanceof List
                || value instanceof Tuple
                || value instanceof Dict
                || value instanceof PythonRange
                || value instanceof Undefined;
    }

    /**
     * Whether Python's {@code is} holds. For numbers and texts this cannot follow from the values, since Python may keep
     * equal ones as one object or as two.
     */
    private static boolean same(Object value, Object other) {
        if (value == other) {
            return true;
        } else if (value instanceof Boolean || other instanceof Boolean) {
            return value.equals(other);
        } else if (value instanceof BigInteger whole && whole.equals(other) && whole.bitLength() < 31) {
            int number = whole.intValue();
            if (number >= SHARED_FROM && number <= SHARED_TO) {
                return true;
            }
        }
        boolean immutable = PythonNumbers.isNumber(value) || Python.isText(value) || value instanceof Tuple;
        if (immutable && value.getClass() == other.getClass() && Python.equal(value, other)) {
            throw new IllegalArgumentException("sameas of two equal numbers or texts has no certain answer; use '=='");
        }
        return false;
    }
}
