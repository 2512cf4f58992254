package dev.tempo.chat.python;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of {@code a.b}, {@code a[b]} and {@code a[b:c:d]} in jinja2's sandbox. A member that does not exist is
 * undefined.
 */
public final class MemberAccess {
    private MemberAccess() {}

    /**
     * The attribute of a value, or else its item of this name.
     *
     * @throws IllegalArgumentException if the value is undefined
     */
    public static Object attribute(Object base, String name) {
        if (base instanceof Undefined undefined) {
            throw undefined.without("attribute '" + name + "'");
        }
        Object own = own(base, name);
        if (own != null) {
            return own;
        }
        Object item = base instanceof Dict dict ? dict.get(name) : null;
        return item == null ? missing(base, name) : item;
    }

    /**
     * The item of a value, or else its attribute of this name.
     *
     * @param index a whole number, a key, or three bounds of a {@link Slice}
     * @throws IllegalArgumentException if the value is undefined
     */
    public static Object item(Object base, Object index) {
        if (base instanceof Undefined undefined) {
            throw undefined.without("item " + Repr.of(index));
        } else if (base instanceof Dict dict) {
            Object value = isHashable(index) ? dict.get(index) : null;
            if (value != null) {
                return value;
            }
        }
        BigInteger place = PythonNumbers.whole(index);
        if (place != null && isSequence(base)) {
            List<Object> elements = Elements.sized(base);
            BigInteger from = place.signum() < 0 ? place.add(BigInteger.valueOf(elements.size())) : place;
            boolean there = from.signum() >= 0 && from.compareTo(BigInteger.valueOf(elements.size())) < 0;
            return there ? elements.get(from.intValue()) : missing(base, Repr.of(index));
        }
        Object own = index instanceof String name ? own(base, name) : null;
        return own == null ? missing(base, Python.isText(index) ? Python.text(index) : Repr.of(index)) : own;
    }

    private static boolean isHashable(Object index) {
        return !(index instanceof List || index instanceof Dict || index instanceof DictView);
    }

    static boolean isSequence(Object base) {
        return Python.isText(base) || base instanceof List || base instanceof Tuple || base instanceof PythonRange;
    }

    private static Undefined missing(Object base, String name) {
        String article = name.matches("-?\\d+") ? "no element " + name : "no attribute '" + name + "'";
        return new Undefined(Python.kind(base) + " has " + article);
    }

    /** The attribute that Python's own type has, whatever items the value has; undefined if there is none. */
    public static Object ownAttribute(Object base, String name) {
        Object own = own(base, name);
        return own == null ? missing(base, name) : own;
    }

    /** The attribute that Python's own type has; null if there is none. */
    private static @Nullable Object own(Object base, String name) {
        if (base instanceof PythonObject object) {
            return name.startsWith("_") ? null : object.attribute(name);
        } else if (name.startsWith("__")) {
            return null;
        } else if (base instanceof String text) {
            return TextMethods.NAMES.contains(name) ? method(name, given -> TextMethods.call(text, name, given)) : null;
        } else if (base instanceof SafeMarkup && TextMethods.NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "methods of a text that e, escape or safe made are not supported, such as " + name + "()");
        } else if (base instanceof Dict dict) {
            return CollectionMethods.CHANGING_DICT.contains(name)
                    ? changing(base, name)
                    : CollectionMethods.OF_DICT.contains(name)
                            ? method(name, given -> CollectionMethods.ofDict(dict, name, given))
                            : null;
        } else if (base instanceof List) {
            return CollectionMethods.CHANGING_LIST.contains(name)
                    ? changing(base, name)
                    : CollectionMethods.OF_LIST.contains(name) ? items(base, name) : null;
        } else if (base instanceof Tuple tuple) {
            int named = tuple.names().indexOf(name);
            return named >= 0
                    ? tuple.items().get(named)
                    : CollectionMethods.OF_TUPLE.contains(name) ? items(base, name) : null;
        } else if (base instanceof PythonRange range) {
            return switch (name) {
                case "start" -> BigInteger.valueOf(range.start());
                case "stop" -> BigInteger.valueOf(range.stop());
                case "step" -> BigInteger.valueOf(range.step());
                case "count", "index" -> items(base, name);
                default -> null;
            };
        }
        return ofNumber(base, name);
    }

    private static @Nullable Object ofNumber(Object base, String name) {
        BigInteger whole = PythonNumbers.whole(base);
        return switch (name) {
            case "real" -> whole != null ? whole : base instanceof Double ? base : null;
            case "imag" -> whole != null ? BigInteger.ZERO : base instanceof Double ? (Object) 0.0 : null;
            case "numerator" -> whole;
            case "denominator" -> whole == null ? null : BigInteger.ONE;
            case "bit_length" ->
                whole == null
                        ? null
                        : method(name, given -> BigInteger.valueOf(whole.abs().bitLength()));
            case "is_integer" ->
                base instanceof Double number
                        ? method(name, given -> number == Math.rint(number) && !number.isInfinite())
                        : null;
            case "as_integer_ratio", "bit_count", "conjugate", "from_bytes", "to_bytes" ->
                whole == null ? null : unsupported(name);
            case "hex", "fromhex" -> base instanceof Double ? unsupported(name) : null;
            default -> null;
        };
    }

    private static PythonFunction unsupported(String name) {
        return given -> {
            throw new IllegalArgumentException("the method " + name + "() of numbers is not supported");
        };
    }

    private static PythonFunction items(Object base, String name) {
        return method(name, given -> CollectionMethods.ofItems(base, name, given));
    }

    private static PythonFunction method(String name, PythonFunction function) {
        return given -> function.call(new Arguments(name + "()", given.positional(), given.named()));
    }

    private static Undefined changing(Object base, String name) {
        return new Undefined(name + "() would change " + Python.kind(base) + ", which a chat template may not");
    }

    /**
     * The bounds of a slice.
     *
     * @param start a whole number or None
     * @param stop a whole number or None
     * @param step a whole number or None
     */
    public record Slice(Object start, Object stop, Object step) {}

    /**
     * A slice of a text, list, tuple or range.
     *
     * @throws IllegalArgumentException for other values and bounds, and if the step is 0
     */
    public static Object slice(Object base, Slice bounds) {
        if (base instanceof Undefined undefined) {
            throw undefined.used();
        } else if (!isSequence(base)
                || !isBound(bounds.start())
                || !isBound(bounds.stop())
                || !isBound(bounds.step())) {
            throw new IllegalArgumentException(
                    isSequence(base) ? "a slice goes by whole numbers" : Python.kind(base) + " cannot be sliced");
        }
        List<Object> elements = Elements.sized(base);
        int size = elements.size();
        BigInteger given = bounds.step() == Python.NONE ? BigInteger.ONE : PythonNumbers.whole(bounds.step());
        int step = given == null
                ? 1
                : given.max(BigInteger.valueOf(-size - 1))
                        .min(BigInteger.valueOf(size + 1))
                        .intValue();
        if (step == 0) {
            throw new IllegalArgumentException("a slice's step cannot be 0");
        }
        int start = step > 0 ? clipped(bounds.start(), 0, size) : clippedDown(bounds.start(), size - 1, size);
        int stop = step > 0 ? clipped(bounds.stop(), size, size) : clippedDown(bounds.stop(), -1, size);
        if (base instanceof PythonRange range) {
            return range.slice(start, stop, given == null ? BigInteger.ONE : given);
        }
        List<Object> slice = new ArrayList<>();
        for (int i = start; step > 0 ? i < stop : i > stop; i += step) {
            slice.add(elements.get(i));
        }
        if (Python.isText(base)) {
            String text = String.join("", slice.stream().map(Python::text).toList());
            return base instanceof SafeMarkup ? new SafeMarkup(text) : text;
        }
        return base instanceof Tuple ? new Tuple(slice) : slice;
    }

    private static boolean isBound(Object bound) {
        return bound == Python.NONE || PythonNumbers.whole(bound) != null;
    }

    /** A slice's bound as an index from 0 to size; a negative bound counts from the end. */
    static int clipped(Object bound, int otherwise, int size) {
        if (bound == Python.NONE) {
            return otherwise;
        }
        BigInteger whole = PythonNumbers.whole(bound);
        if (whole == null) {
            throw new IllegalArgumentException("a place is a whole number, not " + Python.kind(bound));
        }
        BigInteger from = whole.signum() < 0 ? whole.add(BigInteger.valueOf(size)) : whole;
        return from.max(BigInteger.ZERO).min(BigInteger.valueOf(size)).intValue();
    }

    private static int clippedDown(Object bound, int otherwise, int size) {
        BigInteger whole = PythonNumbers.whole(bound);
        if (whole == null) {
            return otherwise;
        }
        BigInteger from = whole.signum() < 0 ? whole.add(BigInteger.valueOf(size)) : whole;
        return from.max(BigInteger.ONE.negate())
                .min(BigInteger.valueOf(size - 1L))
                .intValue();
    }
}
