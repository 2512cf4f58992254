package dev.tempo.verification.value;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Undecidable;
import dev.tempo.verification.value.RealEvaluation.OutsideDomain;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Circular and hyperbolic functions and their inverses; complex arguments go through the exponential. */
final class Trigonometry {
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    private Trigonometry() {}

    static @Nullable Complex call(String name, Complex x, Decimals in, Budget budget) {
        budget.charge(600);
        return switch (name) {
            case "sin" -> sin(x, in);
            case "cos" -> cos(x, in);
            case "tan" -> divide(sin(x, in), cos(x, in), in);
            case "cot" -> divide(cos(x, in), sin(x, in), in);
            case "sec" -> divide(Complex.ONE, cos(x, in), in);
            case "csc" -> divide(Complex.ONE, sin(x, in), in);
            case "sinh" -> hyperbolic(x, in, true);
            case "cosh" -> hyperbolic(x, in, false);
            case "tanh" -> divide(hyperbolic(x, in, true), hyperbolic(x, in, false), in);
            case "coth" -> divide(hyperbolic(x, in, false), hyperbolic(x, in, true), in);
            case "arsinh" -> Complex.of(arsinh(real(x), in));
            case "arcosh" -> Complex.of(arcosh(real(x), in));
            case "artanh" -> Complex.of(artanh(real(x), in));
            case "arctan" -> Complex.of(in.atan(real(x)));
            case "arccot" -> Complex.of(in.atan2(BigDecimal.ONE, real(x)));
            case "arcsin" -> Complex.of(arcsin(real(x), in));
            case "arccos" ->
                Complex.of(in.add(in.divide(in.pi, TWO), arcsin(real(x), in).negate()));
            default -> null;
        };
    }

    private static BigDecimal real(Complex x) {
        if (!x.isReal()) {
            throw new OutsideDomain("an inverse function of a complex number");
        }
        return x.real();
    }

    private static BigDecimal arsinh(BigDecimal x, Decimals in) {
        BigDecimal positive = in.ln(in.add(x.abs(), in.sqrt(in.add(in.multiply(x, x), BigDecimal.ONE))));
        return x.signum() < 0 ? positive.negate() : positive;
    }

    private static BigDecimal arcosh(BigDecimal x, Decimals in) {
        if (x.compareTo(BigDecimal.ONE) < 0) {
            throw new OutsideDomain("the inverse hyperbolic cosine of a number below 1");
        }
        return in.ln(in.add(x, in.sqrt(in.multiply(x, x).subtract(BigDecimal.ONE))));
    }

    private static BigDecimal artanh(BigDecimal x, Decimals in) {
        if (x.abs().compareTo(BigDecimal.ONE) >= 0) {
            throw new OutsideDomain("the inverse hyperbolic tangent of a number beyond 1");
        }
        BigDecimal quotient = in.divide(BigDecimal.ONE.add(x), BigDecimal.ONE.subtract(x));
        return in.divide(in.ln(quotient), TWO);
    }

    private static BigDecimal arcsin(BigDecimal x, Decimals in) {
        BigDecimal rest = BigDecimal.ONE.subtract(in.multiply(x, x));
        if (rest.signum() < 0) {
            throw new OutsideDomain("the arcsine of a number beyond 1");
        }
        return in.atan2(x, in.sqrt(rest));
    }

    private static Complex divide(Complex left, Complex right, Decimals in) {
        // A value this close to 0 is a pole whose exact zero was lost to rounding.
        if (ErrorBound.size(right.magnitude(in)) < -in.precision.getPrecision() + 15) {
            throw new OutsideDomain("a pole");
        }
        return left.dividedBy(right, in);
    }

    private static Complex sin(Complex x, Decimals in) {
        if (x.isReal()) {
            return Complex.of(in.sin(x.real()));
        }
        return new Complex(
                in.multiply(
                        in.sin(x.real()),
                        hyperbolic(Complex.of(x.imaginary()), in, false).real()),
                in.multiply(
                        in.cos(x.real()),
                        hyperbolic(Complex.of(x.imaginary()), in, true).real()));
    }

    private static Complex cos(Complex x, Decimals in) {
        if (x.isReal()) {
            return Complex.of(in.cos(x.real()));
        }
        return new Complex(
                in.multiply(
                        in.cos(x.real()),
                        hyperbolic(Complex.of(x.imaginary()), in, false).real()),
                in.multiply(
                                in.sin(x.real()),
                                hyperbolic(Complex.of(x.imaginary()), in, true).real())
                        .negate());
    }

    private static Complex hyperbolic(Complex x, Decimals in, boolean sine) {
        if (x.real().abs().compareTo(BigDecimal.valueOf(45_000)) > 0) {
            throw new Undecidable("a hyperbolic function of a large number");
        }
        Complex up = x.exp(in);
        Complex down = x.negate().exp(in);
        Complex sum = sine ? up.plus(down.negate(), in) : up.plus(down, in);
        return sum.dividedBy(Complex.of(TWO), in);
    }
}
