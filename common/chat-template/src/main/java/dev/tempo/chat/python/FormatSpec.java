package dev.tempo.chat.python;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Python's format specifications, such as {@code >8.2f}. */
final class FormatSpec {
    private static final Pattern SPEC = Pattern.compile(
            "(?:(.)?([<>=^]))??([-+ ])?(#)?(0)?(\\d+)?([,_])?(?:\\.(\\d+))?([a-zA-Z%])?", Pattern.DOTALL);

    private final String spec;
    private final Matcher parts;

    private FormatSpec(String spec) {
        this.spec = spec;
        this.parts = SPEC.matcher(spec);
    }

    /**
     * A value in the format of a specification.
     *
     * @throws IllegalArgumentException if the value cannot be written so
     */
    static String format(Object value, String spec) {
        if (spec.isEmpty()) {
            return Python.text(value);
        }
        FormatSpec format = new FormatSpec(spec);
        if (!format.parts.matches()) {
            throw format.invalid(value);
        }
        return format.write(value);
    }

    private String write(Object value) {
        BigInteger whole = PythonNumbers.whole(value);
        String type = parts.group(9) == null ? "" : parts.group(9);
        if (value instanceof String text) {
            return ofText(text, type);
        } else if (whole != null && "bcdoxXn".contains(type)) {
            return ofWhole(whole, type);
        } else if (whole != null || value instanceof Double) {
            return ofDecimal(value, type);
        }
        throw invalid(value);
    }

    private String ofText(String text, String type) {
        if (!type.isEmpty() && !type.equals("s")
                || parts.group(3) != null
                || parts.group(4) != null
                || parts.group(7) != null
                || "=".equals(parts.group(2))) {
            throw invalid(text);
        }
        int shown = Math.min(precision(Integer.MAX_VALUE), Elements.length(text));
        return padded("", text.substring(0, text.offsetByCodePoints(0, shown)), "<");
    }

    private String ofWhole(BigInteger whole, String type) {
        if (parts.group(8) != null) {
            throw invalid(whole);
        }
        int radix = switch (type) {
            case "b" -> 2;
            case "o" -> 8;
            case "x", "X" -> 16;
            default -> 10;
        };
        if (type.equals("c")) {
            if (whole.signum() < 0 || whole.bitLength() > 20 || parts.group(3) != null || parts.group(4) != null) {
                throw invalid(whole);
            }
            return padded("", Character.toString(whole.intValue()), "<");
        }
        String digits = radix == 10 ? Repr.of(whole.abs()) : whole.abs().toString(radix);
        String prefix = parts.group(4) == null || radix == 10 ? "" : "0" + type;
        String grouped = grouped(type.equals("X") ? digits.toUpperCase(Locale.ROOT) : digits, radix == 10 ? 3 : 4);
        return padded(sign(whole.signum() < 0) + prefix, grouped, ">");
    }

    private String ofDecimal(Object value, String type) {
        double number = PythonNumbers.decimal(value);
        boolean percent = type.equals("%");
        String lower = type.toLowerCase(Locale.ROOT);
        if (parts.group(4) != null || !type.isEmpty() && !percent && !"efgn".contains(lower)) {
            throw invalid(value);
        }
        double shown = percent ? number * 100 : number;
        char kind = type.isEmpty()
                ? parts.group(8) == null ? 'r' : 'G'
                : percent ? 'f' : lower.equals("n") ? 'g' : lower.charAt(0);
        String text = FloatText.of(shown, kind, precision(6)) + (percent ? "%" : "");
        int end = 0;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        String grouped = grouped(text.substring(0, end), 3) + text.substring(end);
        boolean negative = number < 0 || number == 0 && 1 / number < 0;
        boolean upper = !type.isEmpty() && "EFG".contains(type);
        return padded(sign(negative), upper ? grouped.toUpperCase(Locale.ROOT) : grouped, ">");
    }

    private int precision(int otherwise) {
        return parts.group(8) == null ? otherwise : size(parts.group(8));
    }

    private static int size(String digits) {
        if (digits.length() > 7) {
            throw new IllegalArgumentException("a width or precision of " + digits + " is too large");
        }
        return Integer.parseInt(digits);
    }

    private String sign(boolean negative) {
        String given = parts.group(3);
        return negative ? "-" : given == null || given.equals("-") ? "" : given;
    }

    private String grouped(String digits, int every) {
        String separator = parts.group(7);
        if (separator == null) {
            return digits;
        }
        String type = parts.group(9);
        if ("n".equals(type) || separator.equals(",") && every == 4) {
            throw invalid(digits);
        }
        StringBuilder grouped = new StringBuilder(digits);
        for (int at = digits.length() - every; at > 0; at -= every) {
            grouped.insert(at, separator);
        }
        return grouped.toString();
    }

    private String padded(String sign, String digits, String usual) {
        boolean zero = parts.group(5) != null;
        String align = parts.group(2) == null ? zero && usual.equals(">") ? "=" : usual : parts.group(2);
        String fill = parts.group(1) == null ? zero ? "0" : " " : parts.group(1);
        int width = parts.group(6) == null ? 0 : size(parts.group(6));
        Python.requireFit(width);
        int missing = Math.max(0, width - Elements.length(sign + digits));
        if (parts.group(7) != null && zero && missing > 0) {
            throw new IllegalArgumentException("zeros before grouped digits are not supported: '" + spec + "'");
        }
        return switch (align) {
            case "<" -> sign + digits + fill.repeat(missing);
            case ">" -> fill.repeat(missing) + sign + digits;
            case "^" -> fill.repeat(missing / 2) + sign + digits + fill.repeat(missing - missing / 2);
            default -> sign + fill.repeat(missing) + digits;
        };
    }

    private IllegalArgumentException invalid(Object value) {
        return new IllegalArgumentException("'" + spec + "' is no format of " + Python.kind(value));
    }
}
