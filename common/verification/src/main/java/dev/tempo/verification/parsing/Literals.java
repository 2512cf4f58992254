package dev.tempo.verification.parsing;

import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Rational;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The exact values of numbers, from their spelling. */
final class Literals {
    static final int MAX_DIGITS = 4_000;

    /** Bases by name, from two on. */
    private static final List<String> BASES = List.of(
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen");

    private Literals() {}

    static Node read(String spelling) {
        if (spelling.startsWith("#")) {
            return new Symbol(spelling);
        }
        if (spelling.length() > MAX_DIGITS) {
            // A number this long equals only itself; its value is never computed.
            return new Apply(Operation.CALL, "numeral " + spelling, List.of(Numeral.of(1)));
        }
        int bar = spelling.indexOf('|');
        if (bar >= 0) {
            return new Numeral(repeating(spelling.substring(0, bar), spelling.substring(bar + 1)), 0, 0);
        }
        int exponent = spelling.indexOf('e');
        String digits = exponent < 0 ? spelling : spelling.substring(0, exponent);
        int power = exponent < 0
                ? 0
                : Integer.parseInt(spelling.substring(exponent + 1).replace("+", ""));
        if (Math.abs(power) > 5_000) {
            return new Apply(
                    Operation.MULTIPLY, read(digits), new Apply(Operation.POWER, Numeral.of(10), Numeral.of(power)));
        }
        BigDecimal value = new BigDecimal(digits);
        boolean point = digits.indexOf('.') >= 0;
        int significant = point ? value.unscaledValue().abs().toString().length() : 0;
        return new Numeral(
                Rational.of(power == 0 ? value : value.scaleByPowerOfTen(power)), significant, value.scale() - power);
    }

    private static Rational repeating(String start, String block) {
        BigDecimal fixed = new BigDecimal(start.endsWith(".") ? start + "0" : start);
        int decimals = start.length() - start.indexOf('.') - 1;
        BigInteger nines = BigInteger.TEN.pow(block.length()).subtract(BigInteger.ONE);
        return Rational.of(fixed)
                .plus(new Rational(new BigInteger(block), nines.multiply(BigInteger.TEN.pow(decimals))));
    }

    /** The value of digits written in a base, or null where they are none. */
    static @Nullable Numeral inBase(Node digits, String base) {
        String spelling;
        if (digits instanceof Numeral numeral && numeral.isInteger()) {
            spelling = numeral.value().numerator().toString();
        } else if (digits instanceof Symbol symbol && symbol.name().startsWith("#")) {
            spelling = symbol.name().substring(1);
        } else {
            return null;
        }
        int named = BASES.indexOf(base.toLowerCase(Locale.ROOT)) + 2;
        if (named > 1) {
            return inBase(spelling, named);
        }
        if (base.length() > 2 || base.isEmpty() || !base.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            return null;
        }
        return inBase(spelling, Integer.parseInt(base));
    }

    private static @Nullable Numeral inBase(String spelling, int radix) {
        if (radix < 2 || radix > 36 || spelling.length() > MAX_DIGITS) {
            return null;
        }
        try {
            return new Numeral(Rational.of(new BigInteger(spelling, radix)), 0, 0);
        } catch (NumberFormatException digitTooLarge) {
            return null;
        }
    }
}
