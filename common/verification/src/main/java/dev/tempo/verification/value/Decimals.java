package dev.tempo.verification.value;

import dev.tempo.verification.expression.Undecidable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Elementary functions of real numbers to a fixed number of digits. */
public final class Decimals {
    private static final Map<Integer, Decimals> BY_DIGITS = new ConcurrentHashMap<>();
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final int HALVINGS = 8;

    final MathContext precision;
    final BigDecimal pi;
    final BigDecimal e;
    private final BigDecimal ln2;
    private final BigDecimal ln10;

    private Decimals(int digits) {
        precision = new MathContext(digits + 12, RoundingMode.HALF_EVEN);
        pi = machin();
        ln2 = artanhSeries(BigDecimal.ONE.divide(BigDecimal.valueOf(3), precision))
                .multiply(TWO, precision);
        // ln 10 = 3 ln 2 + ln 5/4, and ln 5/4 = 2 artanh 1/9.
        ln10 = ln2.multiply(BigDecimal.valueOf(3), precision)
                .add(
                        artanhSeries(BigDecimal.ONE.divide(BigDecimal.valueOf(9), precision))
                                .multiply(TWO, precision),
                        precision);
        e = exp(BigDecimal.ONE);
    }

    public static Decimals to(int digits) {
        return BY_DIGITS.computeIfAbsent(digits, Decimals::new);
    }

    BigDecimal add(BigDecimal left, BigDecimal right) {
        return left.add(right, precision);
    }

    BigDecimal multiply(BigDecimal left, BigDecimal right) {
        return left.multiply(right, precision);
    }

    public BigDecimal divide(BigDecimal left, BigDecimal right) {
        return left.divide(right, precision);
    }

    BigDecimal sqrt(BigDecimal value) {
        if (value.signum() == 0) {
            return BigDecimal.ZERO;
        }
        // The root of an integer of twice the digits; several times faster than BigDecimal.sqrt.
        int scale = 2 * precision.getPrecision() + 2 - value.precision() + value.scale();
        int even = scale + (scale & 1);
        return new BigDecimal(
                        value.setScale(even, RoundingMode.DOWN).unscaledValue().sqrt(), even / 2)
                .round(precision);
    }

    /** e^x for |x| up to a million. */
    BigDecimal exp(BigDecimal x) {
        BigInteger doublings = x.divide(ln2, MathContext.DECIMAL64)
                .setScale(0, RoundingMode.HALF_EVEN)
                .toBigInteger();
        BigDecimal rest = x.subtract(ln2.multiply(new BigDecimal(doublings)), precision)
                .divide(BigDecimal.valueOf(1L << HALVINGS), precision);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int n = 1; !negligible(term); n++) {
            term = divide(multiply(term, rest), BigDecimal.valueOf(n));
            sum = add(sum, term);
        }
        for (int halving = 0; halving < HALVINGS; halving++) {
            sum = multiply(sum, sum);
        }
        BigDecimal scale = TWO.pow(doublings.abs().intValueExact(), precision);
        return doublings.signum() < 0 ? divide(sum, scale) : multiply(sum, scale);
    }

    /** Natural logarithm of a positive number, by Halley's iteration on exp. */
    BigDecimal ln(BigDecimal x) {
        int exponent = x.precision() - x.scale() - 1;
        BigDecimal mantissa = x.scaleByPowerOfTen(-exponent);
        BigDecimal y = BigDecimal.valueOf(Math.log(mantissa.doubleValue()));
        for (int correct = 15; correct < precision.getPrecision(); correct *= 3) {
            BigDecimal power = exp(y);
            BigDecimal correction = divide(mantissa.subtract(power, precision), add(mantissa, power));
            y = add(y, multiply(TWO, correction));
        }
        return add(y, multiply(ln10, BigDecimal.valueOf(exponent)));
    }

    BigDecimal sin(BigDecimal x) {
        BigDecimal angle = reduced(x);
        return series(angle, angle, 1);
    }

    BigDecimal cos(BigDecimal x) {
        return series(reduced(x), BigDecimal.ONE, 0);
    }

    private BigDecimal series(BigDecimal angle, BigDecimal start, int first) {
        BigDecimal square = multiply(angle, angle).negate();
        BigDecimal sum = start;
        BigDecimal term = start;
        for (int n = first; !negligible(term); n += 2) {
            term = divide(multiply(term, square), BigDecimal.valueOf((n + 1L) * (n + 2L)));
            sum = add(sum, term);
        }
        return sum;
    }

    private BigDecimal reduced(BigDecimal x) {
        if (x.precision() - x.scale() > 12) {
            throw new Undecidable("the sine of a number beyond 10^12");
        }
        BigDecimal turn = multiply(TWO, pi);
        BigDecimal turns = x.divide(turn, MathContext.DECIMAL64).setScale(0, RoundingMode.HALF_EVEN);
        return x.subtract(turn.multiply(turns), precision);
    }

    BigDecimal atan(BigDecimal x) {
        BigDecimal y = BigDecimal.valueOf(Math.atan(x.doubleValue()));
        for (int correct = 15; correct < precision.getPrecision(); correct *= 3) {
            BigDecimal sine = sin(y);
            BigDecimal cosine = cos(y);
            // tan of the remaining angle; its cube is the error left by taking the tangent for the angle.
            BigDecimal rest = divide(multiply(x, cosine).subtract(sine, precision), add(cosine, multiply(x, sine)));
            y = add(y, rest);
        }
        return y;
    }

    BigDecimal atan2(BigDecimal y, BigDecimal x) {
        if (x.signum() == 0) {
            return divide(multiply(pi, BigDecimal.valueOf(y.signum())), TWO);
        }
        BigDecimal angle = atan(divide(y, x));
        if (x.signum() > 0) {
            return angle;
        }
        return y.signum() < 0 ? angle.subtract(pi, precision) : add(angle, pi);
    }

    private boolean negligible(BigDecimal term) {
        return term.signum() == 0 || term.precision() - term.scale() < -precision.getPrecision() - 2;
    }

    private BigDecimal machin() {
        return BigDecimal.valueOf(16)
                .multiply(inverseTangent(5), precision)
                .subtract(BigDecimal.valueOf(4).multiply(inverseTangent(239), precision), precision);
    }

    private BigDecimal inverseTangent(int of) {
        BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(of), precision);
        BigDecimal square = BigDecimal.valueOf(-(long) of * of);
        BigDecimal sum = power;
        for (int n = 3; !negligible(power); n += 2) {
            power = power.divide(square, precision);
            sum = sum.add(power.divide(BigDecimal.valueOf(n), precision), precision);
        }
        return sum;
    }

    private BigDecimal artanhSeries(BigDecimal x) {
        BigDecimal square = x.multiply(x, precision);
        BigDecimal power = x;
        BigDecimal sum = x;
        for (int n = 3; !negligible(power); n += 2) {
            power = power.multiply(square, precision);
            sum = sum.add(power.divide(BigDecimal.valueOf(n), precision), precision);
        }
        return sum;
    }
}
