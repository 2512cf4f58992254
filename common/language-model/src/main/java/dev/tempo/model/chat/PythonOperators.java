package dev.tempo.model.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's operators, as far as Jinja has them. */
final class PythonOperators {
    private PythonOperators() {}

    /**
     * @param operator one of {@code + - * / // % ** ~ == != < <= > >= in}
     * @throws IllegalArgumentException where Python has a TypeError, or Jinja an undefined value
     */
    static Object apply(String operator, @Nullable Object left, @Nullable Object right) {
        return switch (operator) {
            case "==" -> Python.equal(left, right);
            case "!=" -> !Python.equal(left, right);
            case "~" -> joined(Python.text(left), Python.text(right));
            case "in" -> contains(right, left);
            case "<" -> compare(operator, left, right) < 0;
            case "<=" -> compare(operator, left, right) <= 0;
            case ">" -> compare(operator, left, right) > 0;
            case ">=" -> compare(operator, left, right) >= 0;
            default -> arithmetic(operator, left, right);
        };
    }

    private static Object arithmetic(String operator, @Nullable Object left, @Nullable Object right) {
        if (operator.equals("+") && left instanceof String a && right instanceof String b) {
            return joined(a, b);
        }
        if (operator.equals("+") && left instanceof List<?> a && right instanceof List<?> b) {
            PythonText.requireFit((long) a.size() + b.size());
            List<@Nullable Object> both = new ArrayList<>(a);
            both.addAll(b);
            return both;
        }
        Number a = Python.number(left);
        Number b = Python.number(right);
        if (operator.equals("*") && left instanceof String text && b instanceof Long times) {
            return repeated(text, times);
        }
        if (a == null || b == null) {
            throw unfit(operator, left, right);
        }
        return a instanceof Long x && b instanceof Long y
                ? whole(operator, x, y)
                : real(operator, a.doubleValue(), b.doubleValue());
    }

    private static String joined(String left, String right) {
        PythonText.requireFit((long) left.length() + right.length());
        return left + right;
    }

    private static String repeated(String text, long times) {
        PythonText.requireFit(Math.multiplyExact(text.length(), times));
        return text.repeat((int) Math.max(0, times));
    }

    private static Object whole(String operator, long x, long y) {
        return switch (operator) {
            case "+" -> Math.addExact(x, y);
            case "-" -> Math.subtractExact(x, y);
            case "*" -> Math.multiplyExact(x, y);
            case "//" -> Math.floorDiv(x, y);
            case "%" -> Math.floorMod(x, y);
            case "**" -> y < 0 ? (Object) Math.pow(x, y) : (Object) power(x, y);
            default -> real(operator, x, y);
        };
    }

    private static long power(long base, long exponent) {
        long power = 1;
        for (long i = 0; i < exponent; i++) {
            power = Math.multiplyExact(power, base);
            if (power == 0 || power == 1) {
                return power;
            }
        }
        return power;
    }

    private static double real(String operator, double x, double y) {
        if (y == 0 && (operator.equals("/") || operator.equals("//") || operator.equals("%"))) {
            throw new IllegalArgumentException("division by zero");
        }
        return switch (operator) {
            case "+" -> x + y;
            case "-" -> x - y;
            case "*" -> x * y;
            case "/" -> x / y;
            case "//" -> Math.floor(x / y);
            case "%" -> x - y * Math.floor(x / y);
            case "**" -> Math.pow(x, y);
            default -> throw new IllegalArgumentException("no operator " + operator);
        };
    }

    static boolean contains(@Nullable Object container, @Nullable Object item) {
        if (container instanceof String text && item instanceof String part) {
            return text.contains(part);
        } else if (container instanceof List<?> items) {
            return items.stream().anyMatch(one -> Python.equal(one, item));
        } else if (container instanceof Map<?, ?> map) {
            return map.containsKey(item);
        } else if (container == null) {
            return false;
        }
        throw unfit("in", item, container);
    }

    static int compare(String operator, @Nullable Object left, @Nullable Object right) {
        Number a = Python.number(left);
        Number b = Python.number(right);
        if (a instanceof Long x && b instanceof Long y) {
            return Long.compare(x, y);
        } else if (a != null && b != null) {
            return Double.compare(a.doubleValue(), b.doubleValue());
        } else if (left instanceof String x && right instanceof String y) {
            return x.compareTo(y);
        }
        throw unfit(operator, left, right);
    }

    private static IllegalArgumentException unfit(String operator, @Nullable Object left, @Nullable Object right) {
        return new IllegalArgumentException(
                "'" + operator + "' does not go with " + kind(left) + " and " + kind(right));
    }

    static String kind(@Nullable Object value) {
        if (value == null) {
            return "something undefined";
        } else if (value instanceof String) {
            return "a text";
        } else if (value instanceof Boolean || value instanceof Number) {
            return "the value " + Python.text(value);
        } else if (value instanceof List) {
            return "a list";
        } else if (value instanceof Map) {
            return "a mapping";
        }
        return value == Python.NONE ? "None" : "a " + value.getClass().getSimpleName();
    }
}
