package dev.tempo.verification.value;

import java.math.BigDecimal;

/** A complex number to the digits of the {@link Decimals} it is computed with. */
public record Complex(BigDecimal real, BigDecimal imaginary) {
    static final Complex ZERO = new Complex(BigDecimal.ZERO, BigDecimal.ZERO);
    static final Complex ONE = new Complex(BigDecimal.ONE, BigDecimal.ZERO);
    static final Complex I = new Complex(BigDecimal.ZERO, BigDecimal.ONE);
    /** The stand-in for reals too large to be written down, which are compared by size alone. */
    public static final Complex HUGE = new Complex(BigDecimal.TEN, BigDecimal.TEN);

    static Complex of(BigDecimal real) {
        return new Complex(real, BigDecimal.ZERO);
    }

    public boolean isReal() {
        return imaginary.signum() == 0;
    }

    public boolean isZero() {
        return real.signum() == 0 && imaginary.signum() == 0;
    }

    public Complex negate() {
        return new Complex(real.negate(), imaginary.negate());
    }

    public Complex plus(Complex other, Decimals in) {
        return new Complex(in.add(real, other.real), in.add(imaginary, other.imaginary));
    }

    Complex times(Complex other, Decimals in) {
        if (isReal() && other.isReal()) {
            return of(in.multiply(real, other.real));
        }
        return new Complex(
                in.add(
                        in.multiply(real, other.real),
                        in.multiply(imaginary, other.imaginary).negate()),
                in.add(in.multiply(real, other.imaginary), in.multiply(imaginary, other.real)));
    }

    Complex dividedBy(Complex other, Decimals in) {
        if (other.isReal()) {
            return new Complex(in.divide(real, other.real), in.divide(imaginary, other.real));
        }
        Complex conjugate = new Complex(other.real, other.imaginary.negate());
        return times(conjugate, in).dividedBy(of(other.times(conjugate, in).real()), in);
    }

    BigDecimal magnitude(Decimals in) {
        return isReal() ? real.abs() : in.sqrt(in.add(in.multiply(real, real), in.multiply(imaginary, imaginary)));
    }

    Complex ln(Decimals in) {
        return new Complex(
                in.ln(magnitude(in)), isReal() && real.signum() > 0 ? BigDecimal.ZERO : in.atan2(imaginary, real));
    }

    Complex exp(Decimals in) {
        BigDecimal scale = in.exp(real);
        return isReal()
                ? of(scale)
                : new Complex(in.multiply(scale, in.cos(imaginary)), in.multiply(scale, in.sin(imaginary)));
    }
}
