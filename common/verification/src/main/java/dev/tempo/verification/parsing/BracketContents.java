package dev.tempo.verification.parsing;

import dev.tempo.verification.equality.RealSetReader;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Matrix;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Node.Sequence;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Unparsable;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The value that a finished pair of brackets, command or environment stands for. */
final class BracketContents {
    /** Letters before brackets that name a function rather than a factor. */
    private static final Set<String> FUNCTION_LETTERS =
            Set.of("f", "g", "h", "F", "G", "H", "f'", "g'", "h'", "f''", "phi", "psi", "Phi", "Psi", "Gamma");

    private BracketContents() {}

    static void close(Frame group, String bracket, Frame around, Consumer<Node> deliver) {
        List<Node> items = List.copyOf(group.items);
        if (group.open.equals("{g") && items.isEmpty()) {
            around.wanting = around.type == Frame.Type.SCRIPTS ? "" : around.wanting;
            return;
        }
        boolean round = group.open.equals("(") || group.open.equals("{g") && group.bracketed == single(group);
        if (group.open.equals("(") && around.isGroup("{g") && around.isBlank()) {
            around.bracketed = items.size() == 1 ? items.get(0) : null;
        }
        if (round
                && !around.expecting
                && around.operand() instanceof Symbol symbol
                && around.type != Frame.Type.ARGUMENTS
                && (items.size() > 1 || items.size() == 1 && FUNCTION_LETTERS.contains(symbol.name()))) {
            around.takeOperand();
            around.putOperand(new Apply(Operation.CALL, symbol.name(), items));
            return;
        }
        deliver.accept(value(group.open, bracket, items, group.separators));
        if (group.argumentOf != null && around.operator() == group.argumentOf) {
            around.applyFunction();
        }
    }

    /** The conditions of a set, of which the "or" is kept: {@code \\{x \\mid x < 1 \\text{ or } x > 3\\}}. */
    private static List<Node> conditions(List<Node> items, List<String> separators) {
        boolean joined = items.size() > 1 && RealSetReader.isConditions(new Sequence("", "", items));
        return joined ? List.of(AnswerList.of(items, separators)) : items;
    }

    private static Node value(String open, String close, List<Node> items, List<String> separators) {
        return switch (open) {
            case "{" -> items.isEmpty() ? new Symbol("∅") : new Sequence("{", "}", conditions(items, separators));
            case "{g" -> items.size() == 1 ? items.get(0) : new Sequence("{", "}g", items);
            case "|" -> new Apply(Operation.ABSOLUTE, single(items));
            case "⌊" -> new Apply(Operation.CALL, "floor", List.of(single(items)));
            case "⌈" -> new Apply(Operation.CALL, "ceil", List.of(single(items)));
            case "⟨" -> new Sequence("(", ")", items);
            case "]" -> new Sequence("(", close.equals("[") ? ")" : "]", items);
            default -> items.size() == 1 ? items.get(0) : new Sequence(open, close.equals("[") ? ")" : close, items);
        };
    }

    private static Node single(Frame group) {
        return group.items.size() == 1 ? group.items.get(0) : FunctionCall.NONE;
    }

    private static Node single(List<Node> items) {
        Node value = Thousands.joined(items, FunctionCall.NONE);
        if (value == FunctionCall.NONE) {
            throw new Unparsable("bars around " + items.size() + " values");
        }
        return value;
    }

    static Node command(Frame frame) {
        Node first = frame.arguments.get(0);
        return switch (frame.open) {
            case "frac" -> new Apply(Operation.DIVIDE, first, frame.arguments.get(1));
            case "binom" -> new Apply(Operation.CALL, "binom", frame.arguments);
            case "abs" -> new Apply(Operation.ABSOLUTE, first);
            case "sqrt" ->
                new Apply(Operation.ROOT, first, frame.index == FunctionCall.NONE ? Numeral.of(2) : frame.index);
            case "overline" ->
                first instanceof Node.Word || first instanceof Apply
                        ? first
                        : new Apply(Operation.CALL, "overline", List.of(first));
            default -> new Apply(Operation.CALL, frame.open, List.of(first));
        };
    }

    static Node matrix(Frame frame) {
        List<Node> cells = List.copyOf(frame.items);
        if (!frame.open.endsWith("matrix") && !frame.open.equals("array")) {
            return cells.size() == 1 ? cells.get(0) : new Sequence("", "", cells);
        }
        if (frame.columns == 0 || cells.size() % frame.columns != 0) {
            throw new Unparsable("a matrix with rows of different lengths");
        }
        Matrix matrix = new Matrix(frame.columns, cells);
        return frame.open.equalsIgnoreCase("vmatrix") ? new Apply(Operation.ABSOLUTE, matrix) : matrix;
    }
}
