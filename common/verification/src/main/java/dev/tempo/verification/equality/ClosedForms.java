package dev.tempo.verification.equality;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Node.Relation;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Postorder;
import dev.tempo.verification.form.Simplification;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The comparison of a finite sum or product up to a variable with its closed form, at several values of the variable. */
final class ClosedForms {
    private static final int[] LENGTHS = {3, 4, 6, 9, 13, 20};

    private ClosedForms() {}

    /** Whether both agree wherever they were tried; null if the sums do not depend on one variable alone. */
    static @Nullable Boolean same(Node left, Node right, ScalarEquality scalars, Budget budget) {
        Set<String> variables = new TreeSet<>();
        boolean regular = bounds(left, variables, budget) && bounds(right, variables, budget);
        if (!regular || variables.size() != 1) {
            return null;
        }
        String variable = variables.iterator().next();
        for (int length : LENGTHS) {
            Node one = at(left, variable, length, budget);
            Node other = at(right, variable, length, budget);
            if (isSeries(one, budget) || isSeries(other, budget)) {
                return null;
            }
            if (!scalars.equal(one, other)) {
                return false;
            }
        }
        return true;
    }

    private static Node at(Node node, String variable, int value, Budget budget) {
        return Simplification.of(Simplification.replace(node, variable, Numeral.of(value), budget), budget);
    }

    static boolean isSeries(Node node, Budget budget) {
        return Postorder.of(node, budget)
                .anyMatch(part -> part instanceof Apply apply && apply.operation() == Operation.BIG);
    }

    /** Collects the variables of all bounds; false for limits, integrals and terms with an index of their own. */
    private static boolean bounds(Node node, Set<String> variables, Budget budget) {
        for (Node part : Postorder.of(node, budget).nodes()) {
            boolean indexed = part instanceof Apply apply && apply.operation() == Operation.INDEXED
                    || part instanceof Symbol symbol && symbol.name().indexOf('_') > 0;
            if (indexed) {
                return false;
            }
            if (part instanceof Apply big && big.operation() == Operation.BIG) {
                if (!(big.operands().get(0) instanceof Relation range)
                        || big.operands().size() != 3) {
                    return false;
                }
                names(range.last(), variables, budget);
                names(big.operands().get(1), variables, budget);
            }
        }
        return true;
    }

    private static void names(Node bound, Set<String> variables, Budget budget) {
        for (Node part : Postorder.of(bound, budget).nodes()) {
            if (part instanceof Symbol symbol) {
                variables.add(symbol.name());
            }
        }
    }
}
