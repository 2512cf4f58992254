package dev.tempo.verification.form;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Node.Relation;
import dev.tempo.verification.expression.Node.Sequence;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Node.Word;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Postorder;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values that relations such as {@code x = 5}, {@code |AB| = 5} or {@code f(2) = 5} name, told from equations
 * between unknowns.
 */
public final class NamedValues {
    private static final Set<String> CONSTANTS = Set.of("pi", "e", "i", "infinity");
    private static final Set<Operation> NAMING = Set.of(
            Operation.MULTIPLY,
            Operation.DIVIDE,
            Operation.RATIO,
            Operation.CALL,
            Operation.INDEXED,
            Operation.ABSOLUTE,
            Operation.DEGREE);

    private NamedValues() {}

    /** The value in an assignment, or null if the relation is something else. */
    public static @Nullable Node value(Relation relation, boolean sums, Budget budget) {
        if (!relation.signs().stream().allMatch(sign -> sign.equals("=") || sign.equals("∈") || sign.equals("→"))) {
            return null;
        }
        Node first = relation.sides().get(0);
        if (relation.sides().size() > 2 || isName(first, sums, budget)) {
            return relation.last();
        }
        if (!isConstant(first, budget)) {
            return null;
        }
        return isConstant(relation.last(), budget) || relation.last() instanceof Sequence
                ? relation.last()
                : isName(relation.last(), false, budget) ? first : null;
    }

    public static boolean isAssignment(Relation relation, Budget budget) {
        return relation.signs().stream().allMatch(sign -> sign.equals("=") || sign.equals("∈"))
                && isName(relation.sides().get(0), false, budget);
    }

    /** Whether two relations speak of the same unknown. */
    public static boolean sharesASymbol(Relation one, Relation other, Budget budget) {
        return Postorder.of(one, budget)
                .anyMatch(part -> part instanceof Symbol symbol
                        && !CONSTANTS.contains(symbol.name())
                        && Simplification.mentions(other, symbol.name(), budget));
    }

    private static boolean isConstant(Node node, Budget budget) {
        return !(node instanceof Sequence)
                && !Postorder.of(node, budget)
                        .anyMatch(part -> part instanceof Word
                                || part instanceof Symbol symbol && !CONSTANTS.contains(symbol.name()));
    }

    static boolean isName(Node node, boolean sums, Budget budget) {
        if (node instanceof Apply indexed
                && indexed.operation() == Operation.INDEXED
                && (indexed.name().equals("max") || indexed.name().equals("min"))) {
            return true;
        }
        Postorder order = Postorder.of(node, budget);
        if (order.nodes().size() > 64) {
            return false;
        }
        boolean letters = false;
        for (Node part : order.nodes()) {
            if (part instanceof Symbol symbol && !CONSTANTS.contains(symbol.name()) || part instanceof Word) {
                letters = true;
            } else if (part instanceof Apply apply) {
                boolean sum = sums && apply.operation() == Operation.ADD;
                boolean call = apply.operation() == Operation.CALL || isApplication(apply);
                if (!NAMING.contains(apply.operation()) && !sum && !isNegatedArgument(apply)) {
                    return false;
                }
                if (!call && apply.operands().stream().anyMatch(Numeral.class::isInstance)) {
                    return false;
                }
            }
        }
        return letters;
    }

    /** {@code P(2)} reads as a product of a letter and a number. */
    private static boolean isApplication(Apply apply) {
        return apply.operation() == Operation.MULTIPLY
                && apply.operands().get(0) instanceof Symbol
                && apply.operands().get(1) instanceof Numeral;
    }

    private static boolean isNegatedArgument(Apply apply) {
        return apply.operation() == Operation.NEGATE && apply.operands().get(0) instanceof Numeral;
    }

    /** A name's spelling without regard to case or to the way a ratio is written. */
    public static String spelling(Node node, Budget budget) {
        StringBuilder spelling = new StringBuilder();
        for (Node part : Postorder.of(node, budget).nodes()) {
            if (part instanceof Symbol symbol) {
                spelling.append(symbol.name()).append(' ');
            } else if (part instanceof Word word) {
                spelling.append(word.text()).append(' ');
            } else if (part instanceof Numeral numeral) {
                spelling.append(numeral.value()).append(' ');
            } else if (part instanceof Apply apply) {
                spelling.append(apply.operation() == Operation.RATIO ? Operation.DIVIDE : apply.operation())
                        .append(apply.name())
                        .append(' ');
            }
        }
        return spelling.toString().toLowerCase(Locale.ROOT);
    }

    /** The single argument of a function that is being defined, as in {@code f(x) = ...}; null for other names. */
    public static @Nullable Symbol parameter(Node name) {
        return name instanceof Apply apply
                        && (apply.operation() == Operation.CALL
                                        && apply.operands().size() == 1
                                || apply.operation() == Operation.MULTIPLY)
                        && apply.operands().get(apply.operands().size() - 1) instanceof Symbol parameter
                ? parameter
                : null;
    }

    public static String head(Node name) {
        if (name instanceof Apply apply) {
            return apply.operation() == Operation.CALL
                    ? apply.name()
                    : apply.operands().get(0) instanceof Symbol symbol ? symbol.name() : "";
        }
        return name instanceof Symbol symbol ? symbol.name() : "";
    }
}
