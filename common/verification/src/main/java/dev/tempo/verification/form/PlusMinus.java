package dev.tempo.verification.form;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Postorder;
import java.util.List;

/** The two answers that ± stands for: all upper signs make one, all lower signs the other. */
public final class PlusMinus {
    private PlusMinus() {}

    public static boolean has(Node node, Budget budget) {
        return Postorder.of(node, budget).anyMatch(part -> part instanceof Apply apply && isDouble(apply));
    }

    private static boolean isDouble(Apply apply) {
        return apply.operation() == Operation.PLUS_MINUS || apply.operation() == Operation.MINUS_PLUS;
    }

    public static List<Node> expand(Node node, Budget budget) {
        return has(node, budget) ? List.of(chosen(node, true, budget), chosen(node, false, budget)) : List.of(node);
    }

    private static Node chosen(Node node, boolean upper, Budget budget) {
        return Postorder.rewrite(node, budget, part -> {
            if (!(part instanceof Apply apply) || !isDouble(apply)) {
                return part;
            }
            boolean plus = upper == (apply.operation() == Operation.PLUS_MINUS);
            Node last = apply.operands().get(apply.operands().size() - 1);
            Node signed = plus ? last : new Apply(Operation.NEGATE, last);
            return apply.operands().size() == 1
                    ? signed
                    : new Apply(Operation.ADD, apply.operands().get(0), signed);
        });
    }
}
