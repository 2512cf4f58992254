package dev.tempo.chat.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.stream.Collectors;

/** The texts that Python's {@code repr()} gives. */
public final class Repr {
    private static final int MOST_DIGITS = 4300;

    private Repr() {}

    /**
     * The text of a value.
     *
     * @throws IllegalArgumentException where Python writes an address of its memory, or refuses a long number
     */
    public static String of(Object value) {
        if (value instanceof String text) {
            return quoted(text);
        } else if (value instanceof SafeMarkup markup) {
            return "Markup(" + quoted(markup.text()) + ")";
        } else if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        } else if (value instanceof BigInteger whole) {
            return digits(whole);
        } else if (value instanceof Double number) {
            return decimal(number);
        } else if (value instanceof List<?> list) {
            return list.stream().map(Repr::of).collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof Tuple tuple) {
            String items = tuple.items().stream().map(Repr::of).collect(Collectors.joining(", "));
            return "(" + items + (tuple.items().size() == 1 ? ",)" : ")");
        } else if (value instanceof Dict dict) {
            return dict.items().stream().map(item -> entry((Tuple) item)).collect(Collectors.joining(", ", "{", "}"));
        } else if (value instanceof DictView view) {
            return view.kind() + "(" + of(view.elements()) + ")";
        } else if (value instanceof PythonRange range) {
            return range.repr();
        } else if (value instanceof Undefined) {
            return "Undefined";
        } else if (value instanceof PythonObject object) {
            return object.repr();
        } else if (value == Python.NONE) {
            return "None";
        }
        throw new IllegalArgumentException(
                value instanceof PythonGenerator
                        ? "a generator cannot be printed; make a list of it with the filter list"
                        : "a function cannot be printed; call it");
    }

    private static String entry(Tuple item) {
        return of(item.items().get(0)) + ": " + of(item.items().get(1));
    }

    private static String digits(BigInteger whole) {
        String digits = whole.bitLength() > 4 * MOST_DIGITS ? "" : whole.toString();
        if (digits.isEmpty() || digits.length() - (whole.signum() < 0 ? 1 : 0) > MOST_DIGITS) {
            throw new IllegalArgumentException("a number of more than " + MOST_DIGITS + " digits cannot be printed");
        }
        return digits;
    }

    /** The text of a floating-point number as Python writes it: 1.0, 1e-05, 1e+16. */
    static String decimal(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal exact = shortest(value).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (exponent >= -4 && exponent < 16) {
            String plain = exact.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String digits = exact.unscaledValue().abs().toString();
        return (value < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + "e"
                + (exponent < 0 ? "-" : "+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    /** The number with the fewest digits that Python would write for a value; Java's own choice differs between releases. */
    static BigDecimal shortest(double value) {
        BigDecimal all = new BigDecimal(value);
        for (int digits = 1; digits < 17; digits++) {
            BigDecimal rounded = all.round(new MathContext(digits));
            if (rounded.doubleValue() == value) {
                return rounded;
            }
        }
        return all.round(new MathContext(17));
    }

    private static String quoted(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder quoted = new StringBuilder().append(quote);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c == quote) {
                        quoted.append('\\').append(quote);
                    } else if (PythonCharacters.isPrintable(c)) {
                        quoted.appendCodePoint(c);
                    } else {
                        quoted.append(
                                c > 0xffff
                                        ? String.format("\\U%08x", c)
                                        : c > 0xff ? String.format("\\u%04x", c) : String.format("\\x%02x", c));
                    }
                }
            }
        });
        return quoted.append(quote).toString();
    }
}
