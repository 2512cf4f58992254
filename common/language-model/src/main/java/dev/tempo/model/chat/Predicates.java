package dev.tempo.model.chat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Jinja's tests, what follows {@code is}. */
final class Predicates {
    private static final Set<String> KNOWN = Set.of(
            "defined",
            "undefined",
            "none",
            "true",
            "false",
            "boolean",
            "string",
            "mapping",
            "iterable",
            "sequence",
            "number",
            "integer",
            "float",
            "callable",
            "odd",
            "even",
            "divisibleby",
            "lower",
            "upper",
            "in",
            "sameas",
            "eq",
            "equalto",
            "ne",
            "lt",
            "lessthan",
            "le",
            "gt",
            "greaterthan",
            "ge");

    private Predicates() {}

    static void requireKnown(String test) {
        if (!KNOWN.contains(test)) {
            throw new IllegalArgumentException("there is no test named '" + test + "'");
        }
    }

    static boolean holds(String test, @Nullable Object value, List<@Nullable Object> arguments) {
        return switch (test) {
            case "defined" -> value != null;
            case "undefined" -> value == null;
            case "none" -> value == Python.NONE;
            case "true" -> Boolean.TRUE.equals(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "boolean" -> value instanceof Boolean;
            case "string" -> value instanceof String;
            case "mapping" -> value instanceof Map;
            case "iterable", "sequence" ->
                value == null || value instanceof List || value instanceof Map || value instanceof String;
            case "number" -> Python.number(value) != null;
            case "integer" -> !(value instanceof Boolean) && Python.number(value) instanceof Long;
            case "float" -> Python.number(value) instanceof Double;
            case "callable" -> value instanceof Expression.Function;
            case "odd" -> Python.equal(PythonOperators.apply("%", value, 2L), 1L);
            case "even" -> Python.equal(PythonOperators.apply("%", value, 2L), 0L);
            case "divisibleby" -> Python.equal(PythonOperators.apply("%", value, only(test, arguments)), 0L);
            case "lower" ->
                Python.text(value).chars().anyMatch(Character::isLetter)
                        && Python.text(value).equals(Python.text(value).toLowerCase(java.util.Locale.ROOT));
            case "upper" ->
                Python.text(value).chars().anyMatch(Character::isLetter)
                        && Python.text(value).equals(Python.text(value).toUpperCase(java.util.Locale.ROOT));
            case "in" -> PythonOperators.contains(only(test, arguments), value);
            case "sameas" -> value == only(test, arguments) || value != null && value.equals(only(test, arguments));
            case "eq", "equalto" -> Python.equal(value, only(test, arguments));
            case "ne" -> !Python.equal(value, only(test, arguments));
            case "lt", "lessthan" -> PythonOperators.compare("<", value, only(test, arguments)) < 0;
            case "le" -> PythonOperators.compare("<=", value, only(test, arguments)) <= 0;
            case "gt", "greaterthan" -> PythonOperators.compare(">", value, only(test, arguments)) > 0;
            case "ge" -> PythonOperators.compare(">=", value, only(test, arguments)) >= 0;
            default -> throw new IllegalArgumentException("there is no test named '" + test + "'");
        };
    }

    private static @Nullable Object only(String test, List<@Nullable Object> arguments) {
        if (arguments.size() != 1) {
            throw new IllegalArgumentException("'is " + test + "' takes one value, but was given " + arguments.size());
        }
        return arguments.get(0);
    }
}
