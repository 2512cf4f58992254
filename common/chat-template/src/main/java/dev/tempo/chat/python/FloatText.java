package dev.tempo.chat.python;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The texts of decimal numbers in the formats e, f and g, as Python writes them: rounded from the exact value, a tie to the
 * even digit.
 */
final class FloatText {
    private static final int MOST_DIGITS = 10_000;

    private FloatText() {}

    /**
     * The text of a number without its sign.
     *
     * @param type e, f or g, or r for the shortest text that means this number
     * @param digits the digits behind the point (e, f) or all that count (g)
     */
    static String of(double value, char type, int digits) {
        if (digits > MOST_DIGITS) {
            throw new IllegalArgumentException("a number is written with " + MOST_DIGITS + " digits at most");
        } else if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.isNaN(value) ? "nan" : "inf";
        }
        double size = Math.abs(value);
        return switch (type) {
            case 'f' ->
                new BigDecimal(size).setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
            case 'e' -> exponential(size, digits);
            case 'g' -> general(size, Math.max(1, digits), false);
            case 'G' -> general(size, Math.max(1, digits), true);
            default -> Repr.decimal(size);
        };
    }

    private static String exponential(double size, int digits) {
        BigDecimal rounded = new BigDecimal(size).round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
        int exponent = size == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
        String all = rounded.unscaledValue().toString();
        String padded = size == 0 ? "0".repeat(digits + 1) : all + "0".repeat(Math.max(0, digits + 1 - all.length()));
        return padded.charAt(0)
                + (digits == 0 ? "" : "." + padded.substring(1, digits + 1))
                + (exponent < 0 ? "e-" : "e+")
                + (Math.abs(exponent) < 10 ? "0" : "")
                + Math.abs(exponent);
    }

    /**
     * The shortest text that means a number.
     *
     * @param point whether a number without an exponent has at least one digit behind the point
     */
    private static String general(double size, int digits, boolean point) {
        if (size == 0) {
            return point ? "0.0" : "0";
        }
        BigDecimal rounded = new BigDecimal(size)
                .round(new MathContext(digits, RoundingMode.HALF_EVEN))
                .stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent < -4 || exponent + 1 > digits - (point ? 1 : 0)) {
            return exponential(size, Math.max(0, rounded.precision() - 1));
        }
        String plain = rounded.toPlainString();
        return point && plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
}
