package dev.tempo.verification.value;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Rational;
import dev.tempo.verification.expression.Undecidable;
import dev.tempo.verification.value.RealEvaluation.OutsideDomain;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions of {@link RealEvaluation}. Outside complex mode a negative radicand or logarithm ends the evaluation
 * at that point, so that two expressions are compared where both are real.
 */
final class ElementaryFunctions {
    /** Decimal exponents past this are {@link Complex#HUGE}. */
    private static final int HUGE_DIGITS = 20_000;

    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private final Decimals in;
    private final Budget budget;
    private final boolean complex;

    ElementaryFunctions(Decimals in, Budget budget, boolean complex) {
        this.in = in;
        this.budget = budget;
        this.complex = complex;
    }

    Complex bounded(Complex value) {
        if (value != Complex.HUGE && ErrorBound.size(value.real()) > HUGE_DIGITS) {
            return Complex.HUGE;
        }
        return value;
    }

    Complex add(Complex left, Complex right) {
        if (left == Complex.HUGE && right == Complex.HUGE) {
            throw new Undecidable("the sum of two numbers beyond writing");
        }
        return left == Complex.HUGE || right == Complex.HUGE ? Complex.HUGE : left.plus(right, in);
    }

    Complex multiply(Complex left, Complex right) {
        if (left == Complex.HUGE || right == Complex.HUGE) {
            if (left.isZero() || right.isZero()) {
                return Complex.ZERO;
            }
            return Complex.HUGE;
        }
        return left.times(right, in);
    }

    Complex divide(Complex left, Complex right) {
        if (right.isZero()) {
            throw new OutsideDomain("a denominator is 0");
        }
        if (right == Complex.HUGE) {
            throw new Undecidable("a denominator beyond writing");
        }
        return left == Complex.HUGE ? left : left.dividedBy(right, in);
    }

    Complex power(Complex base, Complex exponent, @Nullable Rational exact) {
        if (exponent == Complex.HUGE) {
            boolean large =
                    base == Complex.HUGE || base.isReal() && base.real().abs().compareTo(TWO) >= 0;
            if (large) {
                return Complex.HUGE;
            }
            throw new Undecidable("a power with an exponent beyond writing");
        }
        if (base == Complex.HUGE) {
            if (exponent.isReal() && exponent.real().signum() > 0) {
                return Complex.HUGE;
            }
            throw new Undecidable("a power of a number beyond writing");
        }
        if (exact != null && exact.isInteger() && exact.numerator().bitLength() < 16) {
            return integerPower(base, exact.numerator().intValue());
        }
        if (base.isZero()) {
            if (exponent.isReal() && exponent.real().signum() > 0) {
                return Complex.ZERO;
            }
            throw new OutsideDomain("a power of 0");
        }
        if (base.isReal() && base.real().signum() < 0 && exact != null && !exact.isInteger()) {
            return negativeBase(base, exponent, exact);
        }
        return exp(
                base.isReal() && base.real().signum() > 0
                        ? logarithm(base).times(exponent, in)
                        : complexLogarithm(base).times(exponent, in));
    }

    private Complex negativeBase(Complex base, Complex exponent, Rational exact) {
        if (exact.denominator().testBit(0)) {
            // Odd roots of negative numbers are real in school mathematics.
            Complex size = exp(logarithm(base.negate()).times(exponent, in));
            return exact.numerator().testBit(0) ? size.negate() : size;
        }
        return exp(complexLogarithm(base).times(exponent, in));
    }

    private Complex integerPower(Complex base, int exponent) {
        if (exponent < 0) {
            return divide(Complex.ONE, integerPower(base, -exponent));
        }
        Complex power = Complex.ONE;
        Complex square = base;
        for (int rest = exponent; rest > 0; rest >>= 1) {
            budget.charge(4);
            if ((rest & 1) == 1) {
                power = multiply(power, square);
            }
            square = rest > 1 ? bounded(multiply(square, square)) : square;
        }
        return power;
    }

    Complex root(Complex radicand, Complex index, @Nullable Rational exactIndex) {
        budget.charge(20);
        if (radicand == Complex.HUGE) {
            return radicand;
        }
        if (exactIndex == null || exactIndex.signum() == 0) {
            return power(radicand, divide(Complex.ONE, index), null);
        }
        if (radicand.isReal() && exactIndex.equals(Rational.of(2))) {
            boolean negative = radicand.real().signum() < 0;
            if (negative && !complex) {
                throw new OutsideDomain("the root of a negative number");
            }
            BigDecimal root = in.sqrt(radicand.real().abs());
            return negative ? new Complex(BigDecimal.ZERO, root) : Complex.of(root);
        }
        return radicand.isZero()
                ? radicand
                : power(radicand, divide(Complex.ONE, index), Rational.ONE.dividedBy(exactIndex));
    }

    Complex factorial(Complex value) {
        if (value == Complex.HUGE) {
            return value;
        }
        BigInteger from = wholeNumber(value);
        if (from == null) {
            throw new Undecidable("the factorial of a fraction");
        }
        if (from.bitLength() > 12) {
            return Complex.HUGE;
        }
        BigDecimal product = BigDecimal.ONE;
        for (int factor = 2; factor <= from.intValue(); factor++) {
            budget.charge(2);
            product = in.multiply(product, BigDecimal.valueOf(factor));
        }
        return Complex.of(product);
    }

    private static @Nullable BigInteger wholeNumber(Complex value) {
        boolean whole = value.isReal()
                && value.real().signum() >= 0
                && value.real()
                                .subtract(value.real().setScale(0, RoundingMode.HALF_EVEN))
                                .signum()
                        == 0;
        return whole ? value.real().toBigInteger() : null;
    }

    /** The function's value, or null where the name is not an elementary function. */
    @Nullable
    Complex call(String name, List<Complex> operands) {
        Complex first = operands.get(0);
        if (name.startsWith("numeral")) {
            return Complex.HUGE;
        }
        boolean extremum = name.equals("max") || name.equals("min");
        if (operands.stream().anyMatch(operand -> operand == Complex.HUGE)) {
            if (extremum) {
                throw new Undecidable("a number beyond writing in " + name);
            }
            throw new Undecidable(name + " of a number beyond writing");
        }
        if (extremum) {
            Complex best = first;
            for (Complex operand : operands) {
                if (!operand.isReal()) {
                    throw new OutsideDomain(name + " of complex numbers");
                }
                int order = operand.real().compareTo(best.real());
                best = name.equals("max") == order > 0 && order != 0 ? operand : best;
            }
            return best;
        }
        if (name.equals("mod") && operands.size() == 2) {
            if (operands.get(1).isZero()) {
                throw new OutsideDomain("a remainder by 0");
            }
            BigDecimal quotient = in.divide(real(first), real(operands.get(1)));
            BigDecimal whole = quotient.setScale(0, RoundingMode.FLOOR);
            return Complex.of(
                    real(first).subtract(whole.multiply(operands.get(1).real()), in.precision));
        }
        if (operands.size() != 1) {
            return null;
        }
        return switch (name) {
            case "ln", "log" -> complexLogarithm(first);
            case "floor" -> Complex.of(real(first).setScale(0, RoundingMode.FLOOR));
            case "ceil" -> Complex.of(real(first).setScale(0, RoundingMode.CEILING));
            case "Re" -> Complex.of(first.real());
            case "Im" -> Complex.of(first.imaginary());
            case "overline" -> new Complex(first.real(), first.imaginary().negate());
            default -> Trigonometry.call(name, first, in, budget);
        };
    }

    private static BigDecimal real(Complex value) {
        if (!value.isReal()) {
            throw new OutsideDomain("a complex number where a real one is needed");
        }
        return value.real();
    }

    private Complex complexLogarithm(Complex value) {
        if (value.isZero()) {
            throw new OutsideDomain("the logarithm of 0");
        }
        if (!complex && value.isReal() && value.real().signum() < 0) {
            throw new OutsideDomain("the logarithm of a negative number");
        }
        return logarithm(value);
    }

    private Complex logarithm(Complex value) {
        budget.charge(800);
        return value.ln(in);
    }

    private Complex exp(Complex value) {
        budget.charge(300);
        if (value.real().abs().compareTo(BigDecimal.valueOf(45_000)) > 0) {
            if (value.real().signum() > 0) {
                return Complex.HUGE;
            }
            throw new Undecidable("a power too small to be written");
        }
        return value.exp(in);
    }
}
