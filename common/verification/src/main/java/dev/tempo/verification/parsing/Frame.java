package dev.tempo.verification.parsing;

import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Node.Relation;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Unparsable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open construct on the parser's explicit stack, with the operands and operators collected inside it. */
final class Frame {
    enum Type {
        ROOT,
        GROUP,
        CELLS,
        /** Collects the arguments of a command. */
        ARGUMENTS,
        /** Collects the subscript and exponent of a function name. */
        SCRIPTS
    }

    final Type type;
    final String open;
    final List<Node> items = new ArrayList<>();
    final List<String> separators = new ArrayList<>();
    private final Deque<Node> operands = new ArrayDeque<>();
    private final Deque<Operator> operators = new ArrayDeque<>();
    private final List<Node> sides = new ArrayList<>();
    private final List<String> signs = new ArrayList<>();

    /** Whether an operand must come next. */
    boolean expecting = true;
    /** Whether the last operand is a number as it was written, without brackets. */
    boolean literal;
    /** The content of a pair of round brackets at the start of this group. */
    @Nullable
    Node bracketed;
    /** Two bare numbers stand side by side, which only a mixed number may. */
    boolean adjacent;

    /** The function whose argument this bracket is. */
    @Nullable
    Operator argumentOf;

    final List<Node> arguments = new ArrayList<>();
    Node index = FunctionCall.NONE;
    Node exponent = FunctionCall.NONE;
    String wanting = "";
    boolean negative;
    int columns;
    int rowStart;

    Frame(Type type, String open) {
        this.type = type;
        this.open = open;
    }

    boolean isGroup(String bracket) {
        return type == Type.GROUP && open.equals(bracket);
    }

    /** Whether the item that is being read is an inequality, which no set operation can be part of. */
    boolean holdsInequality() {
        return !signs.isEmpty() && "<>≤≥≠".contains(signs.get(signs.size() - 1));
    }

    boolean isBlank() {
        return operands.isEmpty() && operators.isEmpty() && sides.isEmpty();
    }

    @Nullable
    Node operand() {
        return operands.peek();
    }

    @Nullable
    Operator operator() {
        return operators.peek();
    }

    Node takeOperand() {
        return operands.pop();
    }

    void putOperand(Node node) {
        operands.push(node);
    }

    /** Adds an operand; beside another one it is a factor. */
    void operand(Node node, int implicitPrecedence) {
        if (!expecting) {
            Operator divide = operators.peek();
            if (divide != null && divide.is(Operation.DIVIDE) && operands.peek() instanceof Numeral) {
                // 1/2x is half of x, while 1/xy has both in the denominator.
                reduce(Operator.PRODUCT);
            }
            infix(Operator.infix(Operation.MULTIPLY, implicitPrecedence));
        }
        operands.push(node);
        expecting = false;
        literal = false;
    }

    void infix(Operator operator) {
        reduce(operator.precedence());
        operators.push(operator);
        expecting = true;
    }

    void prefix(Operator operator) {
        operators.push(operator);
        expecting = true;
    }

    void reduce(int precedence) {
        while (true) {
            Operator operator = operators.peek();
            if (operator == null || !operator.bindsBefore(precedence)) {
                return;
            }
            apply(operators.pop());
        }
    }

    /** Applies the function just before the operand delivered last. */
    void applyFunction() {
        apply(operators.pop());
    }

    private void apply(Operator operator) {
        if (operands.isEmpty() || !operator.prefix() && operands.size() < 2) {
            throw new Unparsable("an operator without operand");
        }
        Node right = operands.pop();
        operands.push(operator.prefix() ? operator.apply(right) : operator.apply(operands.pop(), right));
    }

    void postfix(Operation operation) {
        if (expecting) {
            throw new Unparsable("a sign without anything before it");
        }
        operands.push(new Apply(operation, operands.pop()));
    }

    void relation(String sign) {
        if (isBlank() && sign.equals("=")) {
            return;
        }
        sides.add(value());
        signs.add(sign);
        expecting = true;
    }

    private Node value() {
        if (expecting) {
            throw new Unparsable("an operator without operand");
        }
        reduce(Integer.MIN_VALUE);
        if (operands.size() != 1 || adjacent) {
            throw new Unparsable("two numbers side by side");
        }
        return operands.pop();
    }

    /** Ends the current item, if there is one. */
    boolean finishItem() {
        if (isBlank()) {
            return false;
        }
        Node item;
        if (sides.isEmpty()) {
            item = value();
        } else {
            sides.add(value());
            item = new Relation(List.copyOf(sides), List.copyOf(signs));
        }
        items.add(item);
        sides.clear();
        signs.clear();
        expecting = true;
        return true;
    }

    /**
     * Drops what stands before the bar where it only names unknowns: of {@code \\{x \\mid x > 1\\}} the x says nothing;
     * of {@code \\{2k \\mid k \\in Z\\}} the 2k does.
     */
    void forgetNames() {
        if (!expecting && finishItem() && items.size() == 1 && items.get(0) instanceof Apply) {
            separators.add(",");
            return;
        }
        operands.clear();
        operators.clear();
        sides.clear();
        signs.clear();
        items.clear();
        separators.clear();
        expecting = true;
    }

    void finishRow() {
        finishItem();
        int width = items.size() - rowStart;
        if (width == 0) {
            return;
        }
        if (columns != 0 && columns != width && open.endsWith("matrix")) {
            throw new Unparsable("a matrix with rows of " + columns + " and " + width);
        }
        columns = width;
        rowStart = items.size();
    }
}
