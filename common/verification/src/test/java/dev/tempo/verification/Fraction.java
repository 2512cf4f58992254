package dev.tempo.verification;

import java.math.BigInteger;

/**
 * The oracle of {@link ExactOperationsTest}: fractions that are never reduced, powers by repeated multiplication, roots
 * and divisors by trial. Shares nothing with the code it checks.
 */
record Fraction(BigInteger over, BigInteger under) {
    static Fraction of(long over, long under) {
        return new Fraction(BigInteger.valueOf(over), BigInteger.valueOf(under));
    }

    static Fraction of(long whole) {
        return of(whole, 1);
    }

    Fraction plus(Fraction other) {
        return new Fraction(over.multiply(other.under).add(other.over.multiply(under)), under.multiply(other.under));
    }

    Fraction minus(Fraction other) {
        return plus(other.times(of(-1)));
    }

    Fraction times(Fraction other) {
        return new Fraction(over.multiply(other.over), under.multiply(other.under));
    }

    Fraction over(Fraction other) {
        return new Fraction(over.multiply(other.under), under.multiply(other.over));
    }

    Fraction power(int exponent) {
        Fraction product = of(1);
        for (int factor = 0; factor < Math.abs(exponent); factor++) {
            product = product.times(this);
        }
        return exponent < 0 ? of(1).over(product) : product;
    }

    static boolean isWhole(Fraction value) {
        return value.over.mod(value.under.abs()).signum() == 0;
    }

    /** The value of a whole number that fits. */
    static long whole(Fraction value) {
        return value.over.divide(value.under).longValueExact();
    }

    boolean isZero() {
        return over.signum() == 0;
    }

    int sign() {
        return over.signum() * under.signum();
    }

    Fraction size() {
        return new Fraction(over.abs(), under.abs());
    }

    /** The largest whole number that is not above this one, counted up or down from 0; for values within some thousands. */
    Fraction floor() {
        long whole = 0;
        while (of(whole).compare(this) > 0) {
            whole--;
        }
        while (of(whole + 1).compare(this) <= 0) {
            whole++;
        }
        return of(whole);
    }

    int compare(Fraction other) {
        return minus(other).sign();
    }

    /** {@code -\frac{3}{4}} or {@code -3}. */
    String latex() {
        String sign = sign() < 0 ? "-" : "";
        return under.abs().equals(BigInteger.ONE)
                ? sign + over.abs()
                : sign + "\\frac{" + over.abs() + "}{" + under.abs() + "}";
    }
}
