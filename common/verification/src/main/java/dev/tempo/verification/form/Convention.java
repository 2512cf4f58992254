package dev.tempo.verification.form;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Postorder;
import java.util.List;

/**
 * The second meaning of signs whose meaning differs between schools: a logarithm without base is decimal where it was
 * natural, C_n^k counts combinations, a capital I that only one of two answers holds is the imaginary unit, and two
 * capitals that the other answer holds apart are a product rather than the name of a line.
 */
public final class Convention {
    private static final Symbol IMAGINARY = new Symbol("i");

    private Convention() {}

    /** Whether the second meaning of two answers differs from the first. */
    public static boolean differs(Node left, Node right, Budget budget) {
        return second(left, right, budget) || second(right, left, budget);
    }

    private static boolean second(Node node, Node other, Budget budget) {
        return Postorder.of(node, budget)
                .anyMatch(part -> isLogarithm(part)
                        || Selections.meaning(part) != null
                        || part instanceof Symbol symbol
                                && node instanceof Apply
                                && (isImaginary(symbol) && !mentionsImaginary(other, budget)
                                        || isProduct(symbol, other, budget)));
    }

    public static Node read(Node node, Node other, Budget budget) {
        return Postorder.rewrite(node, budget, part -> {
            if (part instanceof Symbol symbol && isImaginary(symbol)) {
                return symbol.name().length() == 1
                        ? IMAGINARY
                        : factors(symbol.name().substring(0, 1), "i");
            }
            if (part instanceof Symbol symbol && isProduct(symbol, other, budget)) {
                return factors(symbol.name().substring(0, 1), symbol.name().substring(1));
            }
            Node selection = Selections.meaning(part);
            if (selection != null) {
                return selection;
            }
            return isLogarithm(part) ? decimal((Apply) part) : part;
        });
    }

    private static Node factors(String one, String other) {
        return new Apply(Operation.MULTIPLY, new Symbol(one), new Symbol(other));
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

    /** I, or a variable times I. */
    private static boolean isImaginary(Symbol symbol) {
        String name = symbol.name();
        return name.equals("I") || name.length() == 2 && name.charAt(1) == 'I' && Character.isLowerCase(name.charAt(0));
    }

    private static boolean mentionsImaginary(Node node, Budget budget) {
        return Postorder.of(node, budget).anyMatch(part -> part instanceof Symbol symbol && isImaginary(symbol));
    }

    private static boolean isProduct(Symbol symbol, Node other, Budget budget) {
        String name = symbol.name();
        return name.length() == 2
                && Character.isUpperCase(name.charAt(0))
                && Character.isUpperCase(name.charAt(1))
                && !Simplification.mentions(other, name, budget)
                && Simplification.mentions(other, name.substring(0, 1), budget)
                && Simplification.mentions(other, name.substring(1), budget);
    }
}
