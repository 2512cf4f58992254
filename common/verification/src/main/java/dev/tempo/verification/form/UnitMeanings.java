package dev.tempo.verification.form;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Postorder;
import java.util.List;

/**
 * The meanings of percent and degree signs: as units first (10% is 10, 90° is 90), then by value (10% is 1/10, 90° is
 * half of pi). Both answers are always read the same way.
 */
public final class UnitMeanings {
    private UnitMeanings() {}

    public static List<Node> of(Node node, Budget budget) {
        boolean signs = Postorder.of(node, budget)
                .anyMatch(part -> part instanceof Apply apply
                        && (apply.operation() == Operation.PERCENT || apply.operation() == Operation.DEGREE));
        if (!signs) {
            return List.of(node);
        }
        Node asUnit = Postorder.rewrite(
                node, budget, part -> isSign(part) ? ((Apply) part).operands().get(0) : part);
        Node byValue = Postorder.rewrite(
                Simplification.inRadians(node, budget),
                budget,
                part -> isSign(part)
                        ? new Apply(Operation.DIVIDE, ((Apply) part).operands().get(0), Numeral.of(100))
                        : part);
        return List.of(asUnit, byValue);
    }

    private static boolean isSign(Node node) {
        return node instanceof Apply apply
                && (apply.operation() == Operation.PERCENT || apply.operation() == Operation.DEGREE);
    }
}
