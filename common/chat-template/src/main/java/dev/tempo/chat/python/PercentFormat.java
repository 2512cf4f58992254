package dev.tempo.chat.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Python's operator {@code %} of texts: {@code '%s is %d' % ('a', 1)}. */
public final class PercentFormat {
    private static final Pattern FIELD = Pattern.compile(
            "%(?:\\(((?:[^()]|\\([^()]*\\))*)\\))?([-+ #0]*)(\\*|\\d+)?(?:\\.(\\*|\\d*))?[hlL]?(.)", Pattern.DOTALL);

    private final String format;
    private final Object right;
    private int taken;

    private PercentFormat(String format, Object right) {
        this.format = format;
        this.right = right;
    }

    /**
     * The format with its fields replaced.
     *
     * @param right a tuple of values, a mapping, or the only value
     * @throws IllegalArgumentException if fields and values do not fit
     */
    public static String of(String format, Object right) {
        return new PercentFormat(format, right).written();
    }

    private String written() {
        StringBuilder text = new StringBuilder();
        Matcher field = FIELD.matcher(format);
        int at = 0;
        for (int next = format.indexOf('%'); next >= 0; next = format.indexOf('%', at)) {
            text.append(format, at, next);
            if (!field.find(next) || field.start() != next) {
                throw new IllegalArgumentException("'" + format.substring(next) + "' is no field of a % format");
            }
            text.append(field(field));
            at = field.end();
            Python.requireFit(text.length());
        }
        boolean mapping = right instanceof Dict
                || right instanceof List
                || right instanceof Undefined
                || right instanceof PythonRange;
        if (!mapping && taken < (right instanceof Tuple tuple ? tuple.items().size() : 1)) {
            throw new IllegalArgumentException("the % format " + Repr.of(format) + " does not use all its values");
        }
        return text.append(format.substring(at)).toString();
    }

    private String field(Matcher field) {
        String flags = field.group(2);
        Object keyed = field.group(1) == null ? null : keyed(field.group(1));
        int width = size(field.group(3), 0);
        int precision = size(field.group(4), -1);
        char type = field.group(5).charAt(0);
        if (type == '%') {
            return "%";
        }
        Object value = keyed == null ? next() : keyed;
        boolean left = flags.contains("-") || width < 0;
        boolean zeros = flags.contains("0") && !left && "diuoxXeEfFgG".indexOf(type) >= 0;
        String sign = "";
        String digits = digits(type, value, flags, precision);
        if ("diuoxXeEfFgG".indexOf(type) >= 0) {
            boolean negative = digits.startsWith("-");
            digits = negative ? digits.substring(1) : digits;
            sign = negative ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
            if (digits.startsWith("0x") || digits.startsWith("0X") || digits.startsWith("0o")) {
                sign += digits.substring(0, 2);
                digits = digits.substring(2);
            }
        }
        Python.requireFit(Math.abs(width));
        int missing = Math.max(0, Math.abs(width) - Elements.length(sign + digits));
        return left
                ? sign + digits + " ".repeat(missing)
                : zeros ? sign + "0".repeat(missing) + digits : " ".repeat(missing) + sign + digits;
    }

    private Object keyed(String key) {
        if (!(right instanceof Dict dict)) {
            throw new IllegalArgumentException("the % format " + Repr.of(format) + " needs a mapping");
        }
        Object value = dict.get(key);
        if (value == null) {
            throw new IllegalArgumentException("the % format finds no key " + Repr.of(key));
        }
        return value;
    }

    private int size(@Nullable String written, int otherwise) {
        if (written == null) {
            return otherwise;
        } else if (!written.equals("*")) {
            if (written.length() > 7) {
                throw new IllegalArgumentException("a width or precision of " + written + " is too large");
            }
            return written.isEmpty() ? 0 : Integer.parseInt(written);
        }
        BigInteger given = PythonNumbers.whole(next());
        if (given == null || given.bitLength() > 24) {
            throw new IllegalArgumentException("'*' in a % format takes a whole number");
        }
        return given.intValue();
    }

    private Object next() {
        int available = right instanceof Tuple tuple ? tuple.items().size() : 1;
        if (taken >= available) {
            throw new IllegalArgumentException("the % format " + Repr.of(format) + " has more fields than values");
        }
        Object value = right instanceof Tuple tuple ? tuple.items().get(taken) : right;
        taken++;
        return value;
    }

    private String digits(char type, Object value, String flags, int precision) {
        return switch (type) {
            case 's' -> cut(Python.text(value), precision);
            case 'r' -> cut(Repr.of(value), precision);
            case 'd', 'i', 'u' -> whole(wholeOf(value, true), 10, precision, "");
            case 'o' -> whole(wholeOf(value, false), 8, precision, flags.contains("#") ? "0o" : "");
            case 'x' -> whole(wholeOf(value, false), 16, precision, flags.contains("#") ? "0x" : "");
            case 'X' ->
                whole(wholeOf(value, false), 16, precision, flags.contains("#") ? "0x" : "")
                        .toUpperCase(Locale.ROOT);
            case 'e', 'f', 'g' -> decimal(value, type, flags, precision);
            case 'E', 'F', 'G' ->
                decimal(value, Character.toLowerCase(type), flags, precision).toUpperCase(Locale.ROOT);
            case 'c' -> character(value);
            default ->
                throw new IllegalArgumentException(
                        "the % format " + Repr.of(format) + " has an unknown field %" + type);
        };
    }

    private static String cut(String text, int precision) {
        return precision < 0 || precision >= Elements.length(text)
                ? text
                : text.substring(0, text.offsetByCodePoints(0, precision));
    }

    private static BigInteger wholeOf(Object value, boolean orDecimal) {
        BigInteger whole = PythonNumbers.whole(value);
        if (whole != null) {
            return whole;
        } else if (orDecimal && value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
            return new BigDecimal(number).toBigInteger();
        }
        throw new IllegalArgumentException("a field of a % format takes a whole number, not " + Python.kind(value));
    }

    private static String whole(BigInteger value, int radix, int precision, String prefix) {
        String digits = radix == 10 ? Repr.of(value.abs()) : value.abs().toString(radix);
        Python.requireFit(precision);
        return (value.signum() < 0 ? "-" : "") + prefix + "0".repeat(Math.max(0, precision - digits.length())) + digits;
    }

    private static String decimal(Object value, char type, String flags, int precision) {
        if (flags.contains("#")) {
            throw new IllegalArgumentException("'#' in a % format of a decimal number is not supported");
        }
        Double number = PythonNumbers.isNumber(value) ? ParsedNumbers.decimal(value) : null;
        if (number == null) {
            throw new IllegalArgumentException("a field of a % format takes a number, not " + Python.kind(value));
        }
        boolean negative = number < 0 || number == 0 && 1 / number < 0;
        return (negative ? "-" : "") + FloatText.of(number, type, precision < 0 ? 6 : precision);
    }

    private static String character(Object value) {
        BigInteger code = PythonNumbers.whole(value);
        if (code != null && code.signum() >= 0 && code.bitLength() <= 20) {
            return Character.toString(code.intValue());
        } else if (value instanceof String text && Elements.length(text) == 1) {
            return text;
        }
        throw new IllegalArgumentException("%c takes one character, not " + Python.kind(value));
    }
}
