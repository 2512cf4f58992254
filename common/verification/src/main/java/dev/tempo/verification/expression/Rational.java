package dev.tempo.verification.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/** An exact fraction in lowest terms, denominator positive. */
public record Rational(BigInteger numerator, BigInteger denominator) implements Comparable<Rational> {
    static final Rational ZERO = of(0);
    public static final Rational ONE = of(1);
    /** The most bits of a fraction; larger numbers are left to modular and real evaluation. */
    public static final int MAX_BITS = 2_000;

    public Rational {
        if (denominator.signum() == 0) {
            throw new ArithmeticException("A fraction's denominator is 0");
        }
        if (denominator.signum() < 0) {
            numerator = numerator.negate();
            denominator = denominator.negate();
        }
        if (!denominator.equals(BigInteger.ONE)) {
            BigInteger common = numerator.gcd(denominator);
            if (!common.equals(BigInteger.ONE)) {
                numerator = numerator.divide(common);
                denominator = denominator.divide(common);
            }
        }
    }

    public static Rational of(long value) {
        return of(BigInteger.valueOf(value));
    }

    public static Rational of(BigInteger value) {
        return new Rational(value, BigInteger.ONE);
    }

    public static Rational of(BigDecimal value) {
        return value.scale() <= 0
                ? of(value.toBigIntegerExact())
                : new Rational(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
    }

    public Rational plus(Rational other) {
        return new Rational(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    public Rational minus(Rational other) {
        return plus(other.negate());
    }

    public Rational times(Rational other) {
        return new Rational(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    public Rational dividedBy(Rational other) {
        return new Rational(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    public Rational negate() {
        return new Rational(numerator.negate(), denominator);
    }

    public Rational power(int exponent) {
        return exponent >= 0
                ? new Rational(numerator.pow(exponent), denominator.pow(exponent))
                : new Rational(denominator.pow(-exponent), numerator.pow(-exponent));
    }

    public BigInteger floor() {
        BigInteger[] parts = numerator.divideAndRemainder(denominator);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    public int signum() {
        return numerator.signum();
    }

    /** Bits of the numerator's magnitude and of the denominator: {@link BigInteger#bitLength} of -1 alone would be 0. */
    public int bits() {
        return numerator.abs().bitLength() + denominator.bitLength();
    }

    /** Whether the value is -1, 0 or 1, whose powers do not grow. */
    public boolean isUnitOrZero() {
        return isInteger() && numerator.abs().compareTo(BigInteger.ONE) <= 0;
    }

    public boolean isInteger() {
        return denominator.equals(BigInteger.ONE);
    }

    /** Whether the value can be written with finitely many decimals. */
    public boolean isDecimal() {
        BigInteger rest = denominator.shiftRight(denominator.getLowestSetBit());
        if (rest.bitLength() > 2_000) {
            return false;
        }
        return BigInteger.valueOf(5).pow(rest.bitLength()).mod(rest).signum() == 0;
    }

    public BigDecimal round(MathContext precision) {
        if (isInteger()) {
            return new BigDecimal(numerator, precision);
        }
        return new BigDecimal(numerator).divide(new BigDecimal(denominator), precision);
    }

    @Override
    public int compareTo(Rational other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }
}
