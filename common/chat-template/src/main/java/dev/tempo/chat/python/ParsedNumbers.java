package dev.tempo.chat.python;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The numbers that Python's {@code int()} and {@code float()} read from texts and other values. */
public final class ParsedNumbers {
    private static final int MOST_DIGITS = 4300;
    private static final Pattern WHOLE = Pattern.compile("([-+]?)(0[bBoOxX]_?)?([0-9a-zA-Z]+(?:_[0-9a-zA-Z]+)*)");
    private static final Pattern DECIMAL = Pattern.compile(
            "[-+]?(?:\\d+(?:_\\d+)*\\.?(?:\\d+(?:_\\d+)*)?|\\.\\d+(?:_\\d+)*)(?:[eE][-+]?\\d+(?:_\\d+)*)?");

    private ParsedNumbers() {}

    /** The number that {@code int()} makes of a value; null where Python refuses the value. */
    public static @Nullable BigInteger whole(Object value, int base) {
        if (Python.isText(value)) {
            return whole(Python.text(value), base);
        } else if (value instanceof Double number) {
            return Double.isNaN(number) || Double.isInfinite(number) ? null : new BigDecimal(number).toBigInteger();
        }
        return PythonNumbers.whole(value);
    }

    private static @Nullable BigInteger whole(String text, int base) {
        Matcher written = WHOLE.matcher(plainDigits(PythonText.strip(text, null, true, true)));
        if (!written.matches() || base != 0 && (base < 2 || base > 36)) {
            return null;
        }
        String prefix = written.group(2) == null
                ? ""
                : written.group(2).toLowerCase(Locale.ROOT).replace("_", "");
        String digits = written.group(3).replace("_", "");
        int prefixed = prefix.isEmpty() ? 10 : prefix.equals("0x") ? 16 : prefix.equals("0o") ? 8 : 2;
        int actual = base == 0 ? prefixed : base;
        if (!prefix.isEmpty() && actual != prefixed) {
            String all = text.strip().replaceFirst("^[-+]", "");
            if (all.contains("__")) {
                return null;
            }
            digits = all.replace("_", "");
        } else if (base == 0 && prefix.isEmpty() && digits.length() > 1 && digits.startsWith("0")) {
            return digits.chars().allMatch(c -> c == '0') ? BigInteger.ZERO : null;
        }
        boolean decimalLimit = Integer.bitCount(actual) != 1 && digits.length() > MOST_DIGITS;
        if (decimalLimit || !digits.chars().allMatch(c -> Character.digit(c, actual) >= 0)) {
            return null;
        }
        BigInteger number = new BigInteger(digits, actual);
        return written.group(1).equals("-") ? number.negate() : number;
    }

    /** The number that {@code float()} makes of a value; null where Python refuses the value. */
    public static @Nullable Double decimal(Object value) {
        if (!Python.isText(value)) {
            return PythonNumbers.isNumber(value) ? Double.valueOf(PythonNumbers.decimal(value)) : null;
        }
        String text = plainDigits(PythonText.strip(Python.text(value), null, true, true));
        if (DECIMAL.matcher(text).matches()) {
            return Double.parseDouble(text.replace("_", ""));
        }
        boolean negative = text.startsWith("-");
        return switch (text.replaceFirst("^[-+]", "").toLowerCase(Locale.ROOT)) {
            case "inf", "infinity" -> negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> null;
        };
    }

    /** A text with the digits of any script replaced by 0 to 9. */
    private static String plainDigits(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints()
                .forEach(c -> plain.appendCodePoint(PythonCharacters.isDecimal(c) ? '0' + Character.digit(c, 10) : c));
        return plain.toString();
    }
}
