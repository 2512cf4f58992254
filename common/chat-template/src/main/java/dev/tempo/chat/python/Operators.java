package dev.tempo.chat.python;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operators of Python. */
public final class Operators {
    private Operators() {}

    /**
     * The result of an operator on two values.
     *
     * @param operator one of {@code + - * / // % ** == != < <= > >= in}
     * @throws IllegalArgumentException where Python has an error, or jinja2 an undefined value
     */
    public static Object apply(String operator, Object left, Object right) {
        return switch (operator) {
            case "==" -> Python.equal(left, right);
            case "!=" -> !Python.equal(left, right);
            case "in" -> contains(right, left);
            case "<" -> less(operator, left, right, false);
            case "<=" -> less(operator, left, right, true);
            case ">" -> less(operator, right, left, false);
            case ">=" -> less(operator, right, left, true);
            default -> arithmetic(operator, left, right);
        };
    }

    private static Object arithmetic(String operator, Object left, Object right) {
        if (left instanceof Undefined undefined) {
            throw undefined.used();
        } else if (operator.equals("%") && left instanceof String format) {
            return PercentFormat.of(format, right);
        } else if (right instanceof Undefined undefined) {
            throw undefined.used();
        } else if (PythonNumbers.isNumber(left) && PythonNumbers.isNumber(right)) {
            return PythonNumbers.apply(operator, left, right);
        } else if (operator.equals("*")) {
            return repeated(left, right);
        } else if (operator.equals("+")) {
            return added(left, right);
        }
        throw mismatch(operator, left, right);
    }

    private static Object added(Object left, Object right) {
        if (left instanceof String a && right instanceof String b) {
            return concatenated(a, b);
        } else if (Python.isText(left) && Python.isText(right)) {
            return new SafeMarkup(concatenated(
                    SafeMarkup.escaped(left).text(), SafeMarkup.escaped(right).text()));
        } else if (left instanceof List && right instanceof List || left instanceof Tuple && right instanceof Tuple) {
            List<Object> both = Elements.list(left);
            Python.requireFit((long) both.size() + Elements.length(right));
            both.addAll(Elements.sized(right));
            return left instanceof List ? both : new Tuple(both);
        }
        throw mismatch("+", left, right);
    }

    private static Object repeated(Object left, Object right) {
        BigInteger times = PythonNumbers.whole(right) == null ? PythonNumbers.whole(left) : PythonNumbers.whole(right);
        Object repeated = PythonNumbers.whole(right) == null ? right : left;
        if (times == null || !(repeated instanceof String || repeated instanceof List || repeated instanceof Tuple)) {
            throw mismatch("*", left, right);
        }
        int count = times.signum() <= 0 ? 0 : times.bitLength() > 31 ? Integer.MAX_VALUE : times.intValue();
        if (repeated instanceof String text) {
            Python.requireFit((long) text.length() * count);
            return text.repeat(text.isEmpty() ? 0 : count);
        }
        List<Object> items = Elements.sized(repeated);
        Python.requireFit((long) items.size() * count);
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < count && !items.isEmpty(); i++) {
            all.addAll(items);
        }
        return repeated instanceof List ? all : new Tuple(all);
    }

    /** The concatenation of two texts. */
    static String concatenated(String left, String right) {
        Python.requireFit((long) left.length() + right.length());
        return left + right;
    }

    private static boolean less(String operator, Object left, Object right, boolean orEqual) {
        if (left instanceof Undefined undefined) {
            throw undefined.used();
        } else if (right instanceof Undefined undefined) {
            throw undefined.used();
        } else if (PythonNumbers.isNumber(left) && PythonNumbers.isNumber(right)) {
            if (PythonNumbers.isNan(left) || PythonNumbers.isNan(right)) {
                return false;
            }
            int order = PythonNumbers.compare(left, right);
            return order < 0 || orEqual && order == 0;
        } else if (Python.isText(left) && Python.isText(right)) {
            int order = compare(Python.text(left), Python.text(right));
            return order < 0 || orEqual && order == 0;
        } else if (left instanceof List && right instanceof List || left instanceof Tuple && right instanceof Tuple) {
            List<Object> a = Elements.sized(left);
            List<Object> b = Elements.sized(right);
            for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
                if (!Python.equal(a.get(i), b.get(i))) {
                    return less(operator, a.get(i), b.get(i), orEqual);
                }
            }
            return a.size() < b.size() || orEqual && a.size() == b.size();
        }
        throw new IllegalArgumentException(Python.kind(left) + " and " + Python.kind(right) + " have no order");
    }

    /** The order of texts by their characters' numbers, where Java would compare halves of surrogate pairs. */
    private static int compare(String left, String right) {
        Iterator<Integer> a = left.codePoints().iterator();
        Iterator<Integer> b = right.codePoints().iterator();
        while (a.hasNext() && b.hasNext()) {
            int order = Integer.compare(a.next(), b.next());
            if (order != 0) {
                return order;
            }
        }
        return a.hasNext() ? 1 : b.hasNext() ? -1 : 0;
    }

    /**
     * The order of values in Python, for sorting.
     *
     * @throws IllegalArgumentException from comparisons of values that have no order
     */
    public static Comparator<Object> order() {
        return (left, right) -> {
            if (PythonNumbers.isNan(left) || PythonNumbers.isNan(right)) {
                throw new IllegalArgumentException("nan has no place in an order");
            }
            return less("<", left, right, false) ? -1 : less("<", right, left, false) ? 1 : 0;
        };
    }

    private static boolean contains(Object container, Object item) {
        if (Python.isText(container)) {
            if (Python.isText(item)) {
                return Python.text(container).contains(Python.text(item));
            }
            throw new IllegalArgumentException("'in' a text asks for a text, not " + Python.kind(item));
        } else if (container instanceof Dict dict) {
            return dict.has(item);
        }
        Iterator<Object> items = Elements.iterator(container);
        while (items.hasNext()) {
            Object one = items.next();
            if (one == item || Python.equal(one, item)) {
                return true;
            }
        }
        return false;
    }

    /** The first index of a value in a range of a list; null if there is none. */
    static @Nullable Integer place(List<Object> list, Object value, int from, int to) {
        for (int i = from; i < to; i++) {
            if (list.get(i) == value || Python.equal(list.get(i), value)) {
                return i;
            }
        }
        return null;
    }

    private static IllegalArgumentException mismatch(String operator, Object left, Object right) {
        return new IllegalArgumentException(
                "there is no '" + operator + "' of " + Python.kind(left) + " and " + Python.kind(right));
    }
}
