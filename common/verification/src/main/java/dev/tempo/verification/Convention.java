package dev.tempo.verification;

import dev.tempo.verification.Node.Apply;
import dev.tempo.verification.Node.Numeral;
import dev.tempo.verification.Node.Symbol;
import java.util.List;

/**
 * Signs whose meaning differs between schools, in their second meaning: a logarithm without base is decimal where it was
 * natural, and a capital I that only one of two answers holds is the imaginary unit.
 */
final class Convention {
    private Convention() {}

    /** Whether the second meaning says anything else. */
    static boolean differs(Node left, Node right, Budget budget) {
        return isImaginary(left, right, budget)
                || isImaginary(right, left, budget)
                || hasLogarithm(left, budget)
                || hasLogarithm(right, budget);
    }

    static Node read(Node node, Budget budget) {
        return Postorder.rewrite(node, budget, part -> {
            if (part instanceof Symbol symbol && symbol.name().equals("I")) {
                return new Symbol("i");
            }
            return isLogarithm(part) ? decimal((Apply) part) : part;
        });
    }

    private static Node decimal(Apply logarithm) {
        return new Apply(
                Operation.DIVIDE,
                new Apply(Operation.CALL, "ln", logarithm.operands()),
                new Apply(Operation.CALL, "ln", List.of(Numeral.of(10))));
    }

    private static boolean isLogarithm(Node node) {
        return node instanceof Apply call
                && call.operation() == Operation.CALL
                && call.name().equals("log")
                && call.operands().size() == 1;
    }

    private static boolean hasLogarithm(Node node, Budget budget) {
        return Postorder.of(node, budget).anyMatch(Convention::isLogarithm);
    }

    /** A lone I is a name or a Roman numeral. */
    private static boolean isImaginary(Node node, Node other, Budget budget) {
        return node instanceof Apply
                && Simplification.mentions(node, "I", budget)
                && !Simplification.mentions(other, "I", budget);
    }
}
