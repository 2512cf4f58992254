package dev.tempo.verification.value;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Postorder;
import dev.tempo.verification.expression.Rational;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The exact evaluation of a tree: the rational value of every node that has one within the cap on bits; null for the
 * others.
 */
public final class ExactEvaluation {
    private static final int MAX_FACTORIAL = 1_000;

    private ExactEvaluation() {}

    public static List<@Nullable Rational> of(Postorder order, Budget budget) {
        List<@Nullable Rational> values = new ArrayList<>();
        for (int position = 0; position < order.size(); position++) {
            Node node = order.node(position);
            Rational value = null;
            if (node instanceof Numeral numeral) {
                value = numeral.value();
            } else if (node instanceof Apply apply) {
                List<Rational> operands = new ArrayList<>();
                for (int child : order.children(position)) {
                    Rational operand = values.get(child);
                    if (operand != null) {
                        operands.add(operand);
                    }
                }
                if (operands.size() == apply.operands().size() && !operands.isEmpty()) {
                    value = capped(apply, operands, budget);
                }
            }
            values.add(value);
        }
        return values;
    }

    public static @Nullable Rational valueOf(Node node, Budget budget) {
        Postorder order = Postorder.of(node, budget);
        return of(order, budget).get(order.root());
    }

    private static @Nullable Rational capped(Apply apply, List<Rational> operands, Budget budget) {
        long bits = operands.stream().mapToLong(Rational::bits).max().orElse(0);
        budget.charge(1 + (bits * bits >> 15));
        if (bits > Rational.MAX_BITS) {
            return null;
        }
        try {
            return value(apply, operands);
        } catch (ArithmeticException undefined) {
            return null;
        }
    }

    private static @Nullable Rational value(Apply apply, List<Rational> operands) {
        Rational first = operands.get(0);
        Rational last = operands.get(operands.size() - 1);
        return switch (apply.operation()) {
            case ADD -> first.plus(last);
            case MULTIPLY -> first.times(last);
            case DIVIDE -> first.dividedBy(last);
            case NEGATE -> first.negate();
            case POWER -> power(first, last);
            case ROOT -> last.isInteger() && last.signum() > 0 ? power(first, Rational.ONE.dividedBy(last)) : null;
            case ABSOLUTE -> first.signum() < 0 ? first.negate() : first;
            case RATIO -> operands.size() == 2 ? first.dividedBy(last) : null;
            case FACTORIAL ->
                small(first, MAX_FACTORIAL) ? factorial(first.numerator().intValue()) : null;
            case CALL -> call(apply.name(), operands);
            default -> null;
        };
    }

    private static @Nullable Rational call(String name, List<Rational> operands) {
        Rational first = operands.get(0);
        Rational last = operands.get(operands.size() - 1);
        return switch (name) {
            case "max" -> operands.stream().max(Rational::compareTo).orElse(null);
            case "min" -> operands.stream().min(Rational::compareTo).orElse(null);
            case "floor" -> Rational.of(first.floor());
            case "ceil" -> Rational.of(first.negate().floor().negate());
            case "gcd", "lcm" -> folded(name, operands);
            case "mod" ->
                first.minus(last.times(Rational.of(first.dividedBy(last).floor())));
            case "!!" ->
                first.equals(Rational.of(-1)) || small(first, MAX_FACTORIAL)
                        ? product(first.numerator().intValue(), 2)
                        : null;
            case "binom" -> first.isInteger() && small(last, 500) ? binomial(first.numerator(), last) : null;
            default -> null;
        };
    }

    /** Greatest common divisor or least common multiple; of fractions, over their common denominator. */
    private static Rational folded(String name, List<Rational> operands) {
        BigInteger denominator = BigInteger.ONE;
        for (Rational operand : operands) {
            BigInteger next = operand.denominator();
            denominator = denominator.divide(denominator.gcd(next)).multiply(next);
            if (denominator.bitLength() > Rational.MAX_BITS) {
                throw new ArithmeticException("a denominator beyond the cap");
            }
        }
        Rational scale = Rational.of(denominator);
        BigInteger value = operands.get(0).times(scale).numerator().abs();
        for (Rational operand : operands) {
            BigInteger next = operand.times(scale).numerator();
            BigInteger common = value.gcd(next);
            value = name.equals("gcd") || common.signum() == 0
                    ? common
                    : value.divide(common).multiply(next).abs();
        }
        return Rational.of(value).dividedBy(scale);
    }

    private static boolean small(Rational value, int limit) {
        return value.isInteger()
                && value.signum() >= 0
                && value.numerator().bitLength() < 31
                && value.numerator().intValue() <= limit;
    }

    private static Rational factorial(int upTo) {
        return product(upTo, 1);
    }

    /** The product of a number and of all that lie a multiple of the step below it, as far as 1. */
    private static Rational product(int upTo, int step) {
        BigInteger product = BigInteger.ONE;
        for (int factor = upTo; factor > 1; factor -= step) {
            product = product.multiply(BigInteger.valueOf(factor));
        }
        return Rational.of(product);
    }

    private static @Nullable Rational binomial(BigInteger from, Rational choose) {
        if (from.bitLength() > 64) {
            return null;
        }
        int count = choose.numerator().intValue();
        BigInteger product = BigInteger.ONE;
        for (int factor = 0; factor < count; factor++) {
            product = product.multiply(from.subtract(BigInteger.valueOf(factor)));
        }
        return Rational.of(product).dividedBy(factorial(count));
    }

    private static @Nullable Rational power(Rational base, Rational exponent) {
        if (base.equals(Rational.ONE)) {
            return base;
        }
        if (exponent.numerator().bitLength() > 30 || exponent.denominator().bitLength() > 10) {
            return null;
        }
        int index = exponent.denominator().intValue();
        Rational radical = base;
        if (index > 1) {
            BigInteger numerator = root(base.numerator(), index);
            BigInteger denominator = root(base.denominator(), index);
            if (numerator == null || denominator == null) {
                return null;
            }
            radical = new Rational(numerator, denominator);
        }
        int power = exponent.numerator().intValue();
        if (radical.isUnitOrZero() && radical.signum() != 0) {
            return power % 2 == 0 ? Rational.ONE : radical;
        }
        if (radical.signum() != 0 && (long) radical.bits() * Math.abs((long) power) > Rational.MAX_BITS) {
            return null;
        }
        return radical.power(power);
    }

    private static @Nullable BigInteger root(BigInteger value, int index) {
        if (value.signum() < 0) {
            BigInteger positive = index % 2 == 1 ? root(value.negate(), index) : null;
            return positive == null ? null : positive.negate();
        }
        if (value.signum() == 0) {
            return value;
        }
        BigInteger root = index == 2 ? value.sqrt() : newton(value, index);
        return root.pow(index).equals(value) ? root : null;
    }

    private static BigInteger newton(BigInteger value, int index) {
        BigInteger root = BigInteger.ONE.shiftLeft(value.bitLength() / index + 1);
        while (true) {
            BigInteger next = root.multiply(BigInteger.valueOf(index - 1L))
                    .add(value.divide(root.pow(index - 1)))
                    .divide(BigInteger.valueOf(index));
            if (next.compareTo(root) >= 0) {
                return root;
            }
            root = next;
        }
    }
}
