package dev.tempo.verification.parsing;

import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.form.Residues;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operator that waits on a frame's stack for its right operand. */
record Operator(Operation operation, String name, int precedence, boolean prefix, List<Node> scripts) {
    static final int SET = 10;
    /** A modulus belongs to all that stands before it. */
    static final int MODULUS = 12;

    static final int RATIO = 15;
    /** An integral reaches over sums, as far as its differential. */
    static final int INTEGRAL = 18;

    static final int SUM = 20;
    static final int BIG = 25;
    static final int PRODUCT = 30;
    /** Implicit product before a function name ends the argument of the function before it. */
    static final int BEFORE_FUNCTION = 34;

    static final int FUNCTION = 35;
    static final int IMPLICIT = 40;
    static final int POWER = 50;
    static final int INDEX = 60;

    static Operator infix(Operation operation, int precedence) {
        return new Operator(operation, "", precedence, false, List.of());
    }

    static Operator prefix(Operation operation) {
        return new Operator(operation, "", PRODUCT, true, List.of());
    }

    static @Nullable Operator infix(String sign) {
        return switch (sign) {
            case "+" -> infix(Operation.ADD, SUM);
            case "-" -> new Operator(Operation.ADD, "-", SUM, false, List.of());
            case "±" -> infix(Operation.PLUS_MINUS, SUM);
            case "∓" -> infix(Operation.MINUS_PLUS, SUM);
            case "*" -> infix(Operation.MULTIPLY, PRODUCT);
            case "/" -> infix(Operation.DIVIDE, PRODUCT);
            case "over" -> infix(Operation.DIVIDE, RATIO);
            case "choose" -> new Operator(Operation.CALL, "binom", RATIO, false, List.of());
            case "mod" -> new Operator(Operation.CALL, "mod", PRODUCT, false, List.of());
            case "pmod" -> new Operator(Operation.CALL, Residues.CLASS, MODULUS, false, List.of());
            case "^" -> infix(Operation.POWER, POWER);
            case ":" -> infix(Operation.RATIO, RATIO);
            case "∪" -> infix(Operation.UNION, SET);
            case "∩" -> infix(Operation.INTERSECTION, SET);
            case "∖" -> infix(Operation.DIFFERENCE, SET);
            default -> null;
        };
    }

    boolean is(Operation other) {
        return operation == other;
    }

    /** Whether this operator, on the stack, takes its operands before one of the given precedence. */
    boolean bindsBefore(int other) {
        return operation == Operation.POWER ? precedence > other : precedence >= other;
    }

    Node apply(Node left, Node right) {
        if (operation == Operation.ADD && name.equals("-")) {
            return new Apply(Operation.ADD, left, new Apply(Operation.NEGATE, right));
        }
        if (operation == Operation.RATIO
                && left instanceof Apply ratio
                && ratio.operation() == Operation.RATIO
                && ratio.operands().size() < 32) {
            List<Node> parts = new ArrayList<>(ratio.operands());
            parts.add(right);
            return new Apply(Operation.RATIO, "", List.copyOf(parts));
        }
        return new Apply(operation, name, List.of(left, right));
    }

    Node apply(Node operand) {
        if (operation == Operation.BIG) {
            List<Node> operands = new ArrayList<>(scripts);
            operands.add(operand);
            return new Apply(Operation.BIG, name, List.copyOf(operands));
        }
        if (operation == Operation.CALL) {
            return FunctionCall.of(name, scripts.get(0), scripts.get(1), operand);
        }
        return new Apply(operation, operand);
    }
}
