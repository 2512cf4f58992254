package dev.tempo.chat.python;

import java.math.BigInteger;
import java.util.List;

/**
 * Python's rules for truth, equality and text, over the values of a template: None, Boolean, BigInteger, Double, String,
 * {@link SafeMarkup}, {@code List}, {@link Tuple}, {@link Dict}, {@link PythonRange}, {@link PythonGenerator}, {@link
 * Undefined}, {@link PythonFunction} and {@link PythonObject}.
 */
public final class Python {
    /** Python's None. */
    public static final Object NONE = new Object() {
        @Override
        public String toString() {
            return "None";
        }
    };

    /** The length of the longest text or list that a template may make. */
    public static final int LONGEST = 1 << 22;

    private Python() {}

    /** Whether {@code if} takes a value for true. */
    public static boolean truth(Object value) {
        if (value == NONE || value instanceof Undefined) {
            return false;
        } else if (value instanceof Boolean flag) {
            return flag;
        } else if (value instanceof BigInteger whole) {
            return whole.signum() != 0;
        } else if (value instanceof Double number) {
            return number != 0;
        }
        return value instanceof PythonGenerator
                || value instanceof PythonFunction
                || value instanceof PythonObject
                || Elements.length(value) > 0;
    }

    /** Whether {@code ==} holds for two values. */
    public static boolean equal(Object left, Object right) {
        if (left == right) {
            return !(left instanceof Double number && number.isNaN());
        } else if (PythonNumbers.isNumber(left) && PythonNumbers.isNumber(right)) {
            return PythonNumbers.equal(left, right);
        } else if (isText(left) && isText(right)) {
            return text(left).equals(text(right));
        } else if (left instanceof List<?> a && right instanceof List<?> b) {
            return equalItems(a, b);
        } else if (left instanceof Tuple a && right instanceof Tuple b) {
            return equalItems(a.items(), b.items());
        } else if (left instanceof Dict a && right instanceof Dict b) {
            return equalEntries(a, b);
        } else if (left instanceof PythonRange a && right instanceof PythonRange b) {
            return a.elements().equals(b.elements());
        } else if (left instanceof DictView && right instanceof DictView) {
            throw new IllegalArgumentException(
                    "comparing keys(), values() or items() of mappings is not supported;" + " make lists of them");
        }
        return left instanceof Undefined && right instanceof Undefined;
    }

    private static boolean equalItems(List<?> left, List<?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (left.get(i) != right.get(i) && !equal(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalEntries(Dict left, Dict right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (Object key : left.keys()) {
            Object here = left.get(key);
            Object there = right.get(key);
            if (here == null || there == null || here != there && !equal(here, there)) {
                return false;
            }
        }
        return true;
    }

    /** Whether Python's type of a value is str. */
    public static boolean isText(Object value) {
        return value instanceof String || value instanceof SafeMarkup;
    }

    /**
     * The text that {@code str()} gives of a value, and that a template prints.
     *
     * @throws IllegalArgumentException where Python prints an address of its memory, such as for a generator
     */
    public static String text(Object value) {
        if (value instanceof String text) {
            return text;
        } else if (value instanceof SafeMarkup markup) {
            return markup.text();
        }
        return value instanceof Undefined ? "" : Repr.of(value);
    }

    /**
     * Checks a length.
     *
     * @throws IllegalArgumentException if a text or list of this length is more than a template may make
     */
    static void requireFit(long length) {
        if (length > LONGEST) {
            throw new IllegalArgumentException("it makes a text or list longer than " + LONGEST);
        }
    }

    /** The kind of a value in words, for messages. */
    public static String kind(Object value) {
        if (value instanceof Undefined) {
            return "something undefined";
        } else if (value == NONE) {
            return "None";
        } else if (isText(value)) {
            return "a text";
        } else if (value instanceof Boolean) {
            return "a boolean";
        } else if (value instanceof BigInteger) {
            return "a whole number";
        } else if (value instanceof Double) {
            return "a decimal number";
        } else if (value instanceof List) {
            return "a list";
        } else if (value instanceof Tuple) {
            return "a tuple";
        } else if (value instanceof Dict) {
            return "a mapping";
        } else if (value instanceof DictView view) {
            return "a mapping's " + view.kind().substring("dict_".length());
        } else if (value instanceof PythonRange) {
            return "a range";
        } else if (value instanceof PythonGenerator) {
            return "a generator";
        }
        return value instanceof PythonObject object ? object.repr() : "a function";
    }
}
