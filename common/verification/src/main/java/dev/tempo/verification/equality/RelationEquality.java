package dev.tempo.verification.equality;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Relation;
import dev.tempo.verification.expression.Node.Sequence;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Postorder;
import dev.tempo.verification.expression.Rational;
import dev.tempo.verification.form.NamedValues;
import dev.tempo.verification.form.Simplification;
import dev.tempo.verification.value.Complex;
import dev.tempo.verification.value.Decimals;
import dev.tempo.verification.value.ErrorBound;
import dev.tempo.verification.value.ExactEvaluation;
import dev.tempo.verification.value.ModularEvaluation;
import dev.tempo.verification.value.RealEvaluation;
import dev.tempo.verification.value.RealEvaluation.OutsideDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Equality of equations and inequalities: two are the same if one is a constant multiple of the other, and two
 * definitions are the same if they give the same value to the same name.
 */
final class RelationEquality {
    private final AnswerEquality answers;
    private final Budget budget;

    RelationEquality(AnswerEquality answers, Budget budget) {
        this.answers = answers;
        this.budget = budget;
    }

    boolean equal(Relation gold, Relation prediction) {
        Relation left = ends(gold);
        Relation right = ends(prediction);
        if (left.sides().size() != right.sides().size()) {
            return false;
        }
        if (left.sides().size() > 2) {
            return chain(left, right) || chain(left, reversed(right));
        }
        if (NamedValues.isAssignment(left, budget) && NamedValues.isAssignment(right, budget)) {
            Boolean same = assignments(left, right);
            if (same != null) {
                return same;
            }
        }
        Relation one = oriented(left);
        Relation other = oriented(right);
        if (!one.signs().equals(other.signs())) {
            return false;
        }
        boolean structured = structured(one) || structured(other);
        if (chain(one, other)) {
            return true;
        }
        String sign = one.signs().get(0);
        boolean symmetric = sign.equals("=") || sign.equals("≠");
        if (structured || !symmetric && !sign.equals("<") && !sign.equals("≤")) {
            return symmetric && chain(one, reversed(other));
        }
        return proportional(difference(one), difference(other), !symmetric);
    }

    private static boolean structured(Relation relation) {
        return relation.sides().stream().anyMatch(side -> side instanceof Sequence || side instanceof Node.Matrix);
    }

    /** The two ends of a chain of equalities: what it starts from and what it comes to. */
    private static Relation ends(Relation relation) {
        boolean equalities = relation.signs().stream().allMatch(sign -> sign.equals("=") || sign.equals("→"));
        if (!equalities) {
            return relation;
        }
        int arrow = relation.signs().lastIndexOf("→");
        int first = arrow >= 0 && arrow + 2 < relation.sides().size() ? arrow + 1 : 0;
        return new Relation(List.of(relation.sides().get(first), relation.last()), List.of("="));
    }

    private boolean chain(Relation left, Relation right) {
        if (!left.signs().equals(right.signs())) {
            return false;
        }
        for (int side = 0; side < left.sides().size(); side++) {
            if (!answers.equal(left.sides().get(side), right.sides().get(side))) {
                return false;
            }
        }
        return true;
    }

    private static Relation reversed(Relation relation) {
        List<Node> sides = new java.util.ArrayList<>(relation.sides());
        List<String> signs = new java.util.ArrayList<>();
        java.util.Collections.reverse(sides);
        for (int sign = relation.signs().size() - 1; sign >= 0; sign--) {
            signs.add(RealSet.reversed(relation.signs().get(sign)));
        }
        return new Relation(sides, signs);
    }

    private static Relation oriented(Relation relation) {
        String sign = relation.signs().get(0);
        return sign.equals(">") || sign.equals("≥") ? reversed(relation) : relation;
    }

    /** True or false for two definitions of the same name, null where they must be compared as equations. */
    private @Nullable Boolean assignments(Relation left, Relation right) {
        Node name = left.sides().get(0);
        Node other = right.sides().get(0);
        if (NamedValues.spelling(name, budget).equals(NamedValues.spelling(other, budget))) {
            return answers.equal(left.last(), right.last()) ? Boolean.TRUE : null;
        }
        Symbol parameter = NamedValues.parameter(name);
        Symbol renamed = NamedValues.parameter(other);
        if (parameter != null && renamed != null && NamedValues.head(name).equals(NamedValues.head(other))) {
            return answers.equal(left.last(), Simplification.replace(right.last(), renamed.name(), parameter, budget));
        }
        boolean graph = parameter != null && NamedValues.head(other).equals("y")
                || renamed != null && NamedValues.head(name).equals("y");
        return graph ? answers.equal(left.last(), right.last()) : null;
    }

    private static Node difference(Relation relation) {
        return new Apply(
                Operation.ADD,
                relation.sides().get(0),
                new Apply(Operation.NEGATE, relation.sides().get(1)));
    }

    private boolean proportional(Node left, Node right, boolean positive) {
        Postorder first = Postorder.of(left, budget);
        Postorder second = Postorder.of(right, budget);
        if (RealEvaluation.isConstant(first) || RealEvaluation.isConstant(second)) {
            return false;
        }
        List<@Nullable Rational> exactFirst = ExactEvaluation.of(first, budget);
        List<@Nullable Rational> exactSecond = ExactEvaluation.of(second, budget);
        ModularEvaluation a = new ModularEvaluation(first, exactFirst, budget);
        ModularEvaluation b = new ModularEvaluation(second, exactSecond, budget);
        for (int which = 0; which < ModularEvaluation.primes(); which++) {
            long prime = ModularEvaluation.prime(which);
            long a1 = a.at(which, 1);
            long b1 = b.at(which, 1);
            long a2 = a.at(which, 2);
            long b2 = b.at(which, 2);
            boolean usable = a1 > 0 && a2 > 0 && b1 > 0 && b2 > 0;
            if (!usable || a1 * b2 % prime != a2 * b1 % prime) {
                return a.opaque() || b.opaque() ? realRatio(left, right, positive) : false;
            }
        }
        return !positive || realRatio(left, right, true);
    }

    /** Whether the quotient is the same number, and positive if asked, at several points. */
    private boolean realRatio(Node left, Node right, boolean positive) {
        Node quotient = new Apply(Operation.DIVIDE, left, right);
        Postorder order = Postorder.of(quotient, budget);
        List<@Nullable Rational> exact = ExactEvaluation.of(order, budget);
        Complex known = null;
        int agreed = 0;
        for (int point = 0; point < 10 && agreed < 3; point++) {
            try {
                Complex value = new RealEvaluation(order, exact, budget, 50, point, false).value();
                if (value == Complex.HUGE || !value.isReal() || value.isZero()) {
                    return false;
                }
                Decimals in = Decimals.to(50);
                boolean same = known == null
                        || ErrorBound.size(in.divide(value.real(), known.real()).subtract(java.math.BigDecimal.ONE))
                                < -30;
                if (!same || positive && value.real().signum() < 0) {
                    return false;
                }
                known = value;
                agreed++;
            } catch (OutsideDomain skipped) {
                budget.charge(1);
            }
        }
        return agreed >= 2;
    }
}
