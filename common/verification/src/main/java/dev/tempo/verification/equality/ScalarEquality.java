package dev.tempo.verification.equality;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Postorder;
import dev.tempo.verification.expression.Rational;
import dev.tempo.verification.expression.Undecidable;
import dev.tempo.verification.value.Complex;
import dev.tempo.verification.value.Decimals;
import dev.tempo.verification.value.ErrorBound;
import dev.tempo.verification.value.ExactEvaluation;
import dev.tempo.verification.value.ModularEvaluation;
import dev.tempo.verification.value.RealEvaluation;
import dev.tempo.verification.value.RealEvaluation.OutsideDomain;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Equality of two expressions by value: exactly if both are rational, else modulo primes at random points, else in
 * high-precision reals.
 */
public final class ScalarEquality {
    private static final int[] DIGITS = {50, 120, 300};
    /** The digits that two numbers must share. */
    private static final int AGREEMENT = 30;

    /** Two values with no digit left at this many decimals are both 0. */
    private static final int ZERO_DIGITS = 150;

    /** The digits from which a decimal is believed to be the rounding of an irrational number or of the reference. */
    public static final int PREDICTION_DIGITS = 4;

    private static final int POINTS = 3;
    private static final int ATTEMPTS = 12;
    private final Budget budget;
    private final int minimumDigits;
    private String stage = "exact";

    /**
     * Equality within a budget.
     *
     * @param minimumDigits significant digits from which a decimal reference may stand for the fraction it rounds
     */
    public ScalarEquality(Budget budget, int minimumDigits) {
        this.budget = budget;
        this.minimumDigits = minimumDigits;
    }

    /** The method that decided last. */
    public String stage() {
        return stage;
    }

    boolean equal(Node gold, Node prediction) {
        stage = "exact";
        budget.charge(4);
        if (gold == prediction) {
            return true;
        }
        Side left = side(gold);
        Side right = side(prediction);
        Rational exactLeft = left.exact.get(left.order.root());
        Rational exactRight = right.exact.get(right.order.root());
        if (exactLeft != null && exactRight != null) {
            return exactLeft.equals(exactRight)
                    || approximates(gold, exactRight, minimumDigits)
                    || approximates(prediction, exactLeft, PREDICTION_DIGITS);
        }
        Boolean identity = identity(left, right);
        if (identity != null) {
            stage = "modular";
            return identity || decimalOf(gold, right) || decimalOf(prediction, left);
        }
        if (WholeNumberPoints.concern(left.order) || WholeNumberPoints.concern(right.order)) {
            Boolean counted = WholeNumberPoints.same(gold, prediction, budget);
            if (counted != null) {
                return counted;
            }
        }
        stage = "real";
        if (left.isSeries() != right.isSeries()) {
            Boolean closed = ClosedForms.same(gold, prediction, this, budget);
            if (closed != null) {
                return closed;
            }
        }
        return decimalOf(gold, right) || decimalOf(prediction, left) || realEquality(left, right);
    }

    private record Side(Postorder order, List<@Nullable Rational> exact, ModularEvaluation residues, boolean constant) {
        /** Holds a sum or product over a range that depends on a variable. */
        boolean isSeries() {
            return order.anyMatch(node -> node instanceof Apply apply && apply.operation() == Operation.BIG);
        }

        /** Holds a limit or an integral, or a sum that depends on nothing and still has no value. */
        boolean unfinished() {
            return order.anyMatch(node -> node instanceof Apply apply
                    && apply.operation() == Operation.BIG
                    && (constant || apply.name().equals("int") || apply.name().equals("lim")));
        }
    }

    private Side side(Node node) {
        Postorder order = Postorder.of(node, budget);
        List<@Nullable Rational> exact = ExactEvaluation.of(order, budget);
        return new Side(order, exact, new ModularEvaluation(order, exact, budget), RealEvaluation.isConstant(order));
    }

    /** True or false where residues decide, null where they do not. */
    private @Nullable Boolean identity(Side left, Side right) {
        boolean same = true;
        int defined = 0;
        for (int point = 0; defined < ModularEvaluation.primes() && point < 2 * ModularEvaluation.primes(); point++) {
            int prime = point % ModularEvaluation.primes();
            long residueLeft = left.residues.at(prime, point);
            long residueRight = right.residues.at(prime, point);
            if (residueLeft >= 0 && residueRight >= 0) {
                same &= residueLeft == residueRight;
                defined++;
            }
        }
        if (defined < 2) {
            return null;
        }
        return same ? Boolean.TRUE : left.residues.opaque() || right.residues.opaque() ? null : Boolean.FALSE;
    }

    /** Whether a decimal is the rounding or truncation of an exact value that has no finite decimals itself. */
    private static boolean approximates(Node node, Rational value, int minimumDigits) {
        if (!(node instanceof Numeral decimal) || decimal.significant() < minimumDigits) {
            return false;
        }
        Rational distance = decimal.value().minus(value);
        Rational size = distance.signum() < 0 ? distance.negate() : distance;
        Rational unit = Rational.of(BigDecimal.ONE.scaleByPowerOfTen(-decimal.decimals()));
        if (value.isDecimal()) {
            // Only the noise of double arithmetic, such as 0.30000000000000004, is forgiven.
            return decimal.significant() >= 15
                    && size.times(Rational.of(250_000_000_000_000L)).compareTo(absolute(value)) <= 0;
        }
        return size.times(Rational.of(2)).compareTo(unit) <= 0
                || absolute(value).compareTo(absolute(decimal.value())) > 0
                        && value.signum() == decimal.value().signum()
                        && size.compareTo(unit) < 0;
    }

    private static Rational absolute(Rational value) {
        return value.signum() < 0 ? value.negate() : value;
    }

    private boolean decimalOf(Node node, Side other) {
        if (!(node instanceof Numeral decimal) || decimal.significant() < PREDICTION_DIGITS || !other.constant) {
            return false;
        }
        Complex value;
        try {
            value = evaluate(other, DIGITS[0], 0, true).value();
        } catch (OutsideDomain undefined) {
            return false;
        }
        if (value == Complex.HUGE || !value.isReal() || value.real().scale() > 1_000) {
            return false;
        }
        Rational rounded = Rational.of(value.real());
        // Sixty digits of an irrational number never end in a way that makes it look like a short decimal.
        return approximates(
                node,
                rounded.plus(new Rational(
                        java.math.BigInteger.ONE,
                        java.math.BigInteger.TEN.pow(58).multiply(java.math.BigInteger.valueOf(3)))),
                PREDICTION_DIGITS);
    }

    private RealEvaluation evaluate(Side side, int digits, int point, boolean complex) {
        return new RealEvaluation(side.order, side.exact, budget, digits, point, complex);
    }

    private boolean realEquality(Side left, Side right) {
        if (left.unfinished() || right.unfinished() || left.isSeries() != right.isSeries()) {
            throw new Undecidable("an integral, limit or long sum that is not worked out");
        }
        if (left.constant && right.constant) {

            try {
                return sameAt(left, right, 0, true);
            } catch (OutsideDomain undefined) {
                return false;
            }
        }
        for (boolean complex : new boolean[] {false, true}) {
            int agreed = 0;
            for (int point = 0; point < ATTEMPTS && agreed < POINTS; point++) {
                try {
                    if (!sameAt(left, right, point, complex)) {
                        return false;
                    }
                    agreed++;
                } catch (OutsideDomain skipped) {
                    budget.charge(1);
                }
            }
            if (agreed > 0) {
                return true;
            }
        }
        return false;
    }

    private boolean sameAt(Side left, Side right, int point, boolean complex) {
        for (int digits : DIGITS) {
            RealEvaluation first = evaluate(left, digits, point, complex);
            RealEvaluation second = evaluate(right, digits, point, complex);
            Complex a = first.value();
            Complex b = second.value();
            if (a == Complex.HUGE || b == Complex.HUGE) {
                if (a == b) {
                    throw new Undecidable("two numbers beyond writing");
                }
                return false;
            }
            int slack =
                    3 + Integer.toString(left.order.size() + right.order.size()).length();
            int error = Math.max(first.bound().error(), second.bound().error()) + slack;
            int difference = ErrorBound.size(a.plus(b.negate(), Decimals.to(digits)));
            if (difference > error) {
                return false;
            }
            if (error <= Math.max(first.bound().size(), second.bound().size()) - AGREEMENT || error < -ZERO_DIGITS) {
                return true;
            }
        }
        throw new Undecidable("a difference too small to be told from 0");
    }
}
