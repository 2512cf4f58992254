package dev.tempo.model.chat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Python's ideas of truth, equality and text, over booleans, Long, Double, String, List and Map. */
final class Python {
    /** Python's None, which is defined, unlike null. */
    static final Object NONE = new Object() {
        @Override
        public String toString() {
            return "None";
        }
    };

    private Python() {}

    static boolean truth(@Nullable Object value) {
        if (value == null || value == NONE) {
            return false;
        } else if (value instanceof Boolean flag) {
            return flag;
        } else if (value instanceof Number number) {
            return number.doubleValue() != 0;
        } else if (value instanceof String text) {
            return !text.isEmpty();
        } else if (value instanceof Collection<?> items) {
            return !items.isEmpty();
        } else if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        return true;
    }

    static boolean equal(@Nullable Object left, @Nullable Object right) {
        if (left instanceof List<?> a && right instanceof List<?> b) {
            if (a.size() != b.size()) {
                return false;
            }
            for (int i = 0; i < a.size(); i++) {
                if (!equal(a.get(i), b.get(i))) {
                    return false;
                }
            }
            return true;
        }
        if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
            return a.keySet().equals(b.keySet()) && a.keySet().stream().allMatch(key -> equal(a.get(key), b.get(key)));
        }
        Number a = number(left);
        Number b = number(right);
        if (a instanceof Long whole && b instanceof Long other) {
            return whole.equals(other);
        }
        return a != null && b != null ? a.doubleValue() == b.doubleValue() : java.util.Objects.equals(left, right);
    }

    /** Long or Double, of a boolean too as in Python; null if it is no number. */
    static @Nullable Number number(@Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        } else if (value instanceof Double || value instanceof Float) {
            return ((Number) value).doubleValue();
        } else if (value instanceof Number number) {
            return number.longValue();
        }
        return null;
    }

    /** What {@code str()} gives, and what a template prints; undefined prints nothing. */
    static String text(@Nullable Object value) {
        return value == null ? "" : value instanceof String text ? text : literal(value);
    }

    /** What {@code repr()} gives. */
    static String literal(@Nullable Object value) {
        if (value == null) {
            return "Undefined";
        } else if (value instanceof Boolean flag) {
            return flag ? "True" : "False";
        } else if (value instanceof Double || value instanceof Float) {
            return decimal(((Number) value).doubleValue());
        } else if (value instanceof String text) {
            return quoted(text);
        } else if (value instanceof Collection<?> items) {
            return items.stream().map(Python::literal).collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> literal(entry.getKey()) + ": " + literal(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.toString();
    }

    /** A floating-point number as Python writes it: 1.0, 1e-05, 1e+16. */
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

    /** The fewest digits that mean this number; Java's own differ between releases. */
    private static BigDecimal shortest(double value) {
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
                    } else if (c < 0x20 || c == 0x7f) {
                        quoted.append(String.format("\\x%02x", c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                }
            }
        });
        return quoted.append(quote).toString();
    }
}
