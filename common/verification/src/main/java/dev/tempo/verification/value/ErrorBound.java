package dev.tempo.verification.value;

import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Operation;
import java.math.BigDecimal;

/**
 * The decimal exponents of a value and of the absolute error it carries after rounding and cancellation, so that a
 * difference is only believed where digits are left to show it.
 */
public record ErrorBound(int size, int error) {
    /** Exponent that stands for zero. */
    static final int ZERO = -1_000_000;

    static ErrorBound rounded(Complex value, int precision) {
        int size = size(value);
        return new ErrorBound(size, size == ZERO ? ZERO : size - precision);
    }

    public static int size(Complex value) {
        return Math.max(size(value.real()), size(value.imaginary()));
    }

    public static int size(BigDecimal value) {
        return value.signum() == 0 ? ZERO : value.precision() - value.scale();
    }

    private int relative() {
        return error == ZERO ? ZERO : size == ZERO ? 0 : error - size;
    }

    /** Bound of an operation's result from those of its first and last operand. */
    static ErrorBound after(Apply apply, Complex result, ErrorBound first, ErrorBound last, int precision) {
        int size = size(result);
        int relative = Math.max(first.relative(), last.relative());
        int carried = switch (apply.operation()) {
            case ADD, NEGATE, ABSOLUTE -> Math.max(first.error, last.error);
            case MULTIPLY ->
                Math.max(
                        product(first.size, last.error),
                        Math.max(product(first.error, last.size), product(first.error, last.error)));
            case POWER -> power(size, first, last);
            case CALL ->
                apply.name().equals("ln") || apply.name().equals("log")
                        ? relative
                        : Math.max(first.error, first.size - precision) + 2 + Math.max(0, size);
            default -> relative == ZERO ? ZERO : size + relative;
        };
        int rounding = size == ZERO ? ZERO : size - precision;
        int inner = apply.operation() == Operation.CALL ? -precision : ZERO;
        return new ErrorBound(size, Math.max(inner, Math.max(rounding, Math.max(ZERO, carried))));
    }

    /** b^a is off by a times the relative error of b, and by ln b times the absolute error of a. */
    private static int power(int size, ErrorBound base, ErrorBound exponent) {
        int fromBase = base.relative() == ZERO ? ZERO : base.relative() + Math.max(0, exponent.size);
        int fromExponent = exponent.error == ZERO ? ZERO : exponent.error + digits(base.size) + 1;
        int relative = Math.max(fromBase, fromExponent);
        return size == ZERO || relative == ZERO ? Math.max(relative, ZERO) : size + relative + 1;
    }

    private static int product(int left, int right) {
        return left == ZERO || right == ZERO ? ZERO : left + right;
    }

    private static int digits(int size) {
        return size == ZERO ? 0 : (int) Math.ceil(Math.log10(1.0 + Math.abs(size)));
    }
}
