package dev.tempo.verification.equality;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Postorder;
import dev.tempo.verification.expression.Rational;
import dev.tempo.verification.value.ExactEvaluation;
import dev.tempo.verification.value.Hash;
import dev.tempo.verification.value.RealEvaluation;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The comparison of factorials and binomial coefficients of unknowns where the unknowns are small whole numbers. */
final class WholeNumberPoints {
    private static final int ATTEMPTS = 40;
    private static final int ENOUGH = 8;
    private static final int MAX_UNKNOWNS = 4;

    private WholeNumberPoints() {}

    /** Whether an expression counts something that no fraction has a value for. */
    static boolean concern(Postorder order) {
        return order.anyMatch(node -> node instanceof Apply apply
                && (apply.operation() == Operation.FACTORIAL
                        || apply.operation() == Operation.CALL
                                && (apply.name().equals("!!") || apply.name().equals("binom"))));
    }

    /** Whether both agree wherever both have a rational value; null where that is hardly anywhere. */
    static @Nullable Boolean same(Node left, Node right, Budget budget) {
        Set<String> unknowns = new TreeSet<>();
        for (Node side : new Node[] {left, right}) {
            for (Node part : Postorder.of(side, budget).nodes()) {
                if (part instanceof Symbol symbol && !RealEvaluation.isConstant(symbol.name())) {
                    unknowns.add(symbol.name());
                }
            }
        }
        if (unknowns.isEmpty() || unknowns.size() > MAX_UNKNOWNS) {
            return null;
        }
        int agreed = 0;
        for (int point = 0; point < ATTEMPTS && agreed < ENOUGH; point++) {
            Rational one = at(left, unknowns, point, budget);
            Rational other = at(right, unknowns, point, budget);
            if (one != null && other != null) {
                if (!one.equals(other)) {
                    return false;
                }
                agreed++;
            }
        }
        return agreed >= ENOUGH ? Boolean.TRUE : null;
    }

    private static @Nullable Rational at(Node node, Set<String> unknowns, int point, Budget budget) {
        Node placed = Postorder.rewrite(
                node,
                budget,
                part -> part instanceof Symbol symbol && unknowns.contains(symbol.name())
                        ? Numeral.of(1 + (Hash.of(symbol.name(), point) + point) % (4 + point / 4))
                        : part);
        return ExactEvaluation.valueOf(placed, budget);
    }
}
