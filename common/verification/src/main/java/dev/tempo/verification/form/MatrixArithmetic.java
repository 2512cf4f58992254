package dev.tempo.verification.form;

import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Matrix;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The arithmetic of matrices: sums, products and multiples are carried into the cells. */
final class MatrixArithmetic {
    private static final int MAX_CELLS = 400;

    private MatrixArithmetic() {}

    static Node of(Apply apply) {
        Node left = apply.operands().get(0);
        Node right = apply.operands().get(apply.operands().size() - 1);
        switch (apply.operation()) {
            case NEGATE:
                return left instanceof Matrix matrix
                        ? mapped(matrix, cell -> new Apply(Operation.NEGATE, cell))
                        : apply;
            case ADD:
                return left instanceof Matrix one && right instanceof Matrix other && sameShape(one, other)
                        ? sum(one, other)
                        : apply;
            case DIVIDE:
                return left instanceof Matrix matrix && !(right instanceof Matrix)
                        ? mapped(matrix, cell -> new Apply(Operation.DIVIDE, cell, right))
                        : apply;
            case MULTIPLY:
                if (left instanceof Matrix one && right instanceof Matrix other) {
                    return one.columns() == other.rows()
                                    && one.rows() * other.columns() <= MAX_CELLS
                                    && one.columns() <= MAX_CELLS / 10
                            ? product(one, other)
                            : apply;
                }
                if (left instanceof Matrix matrix) {
                    return mapped(matrix, cell -> new Apply(Operation.MULTIPLY, cell, right));
                }
                return right instanceof Matrix matrix
                        ? mapped(matrix, cell -> new Apply(Operation.MULTIPLY, left, cell))
                        : apply;
            case POWER:
                boolean transposed = right instanceof Symbol symbol
                        && (symbol.name().equals("T") || symbol.name().equals("top"));
                return left instanceof Matrix matrix && transposed ? transpose(matrix) : apply;
            default:
                return apply;
        }
    }

    private static boolean sameShape(Matrix one, Matrix other) {
        return one.columns() == other.columns() && one.rows() == other.rows();
    }

    private static Matrix mapped(Matrix matrix, UnaryOperator<Node> change) {
        return new Matrix(matrix.columns(), matrix.cells().stream().map(change).toList());
    }

    private static Matrix sum(Matrix one, Matrix other) {
        List<Node> cells = new ArrayList<>();
        for (int cell = 0; cell < one.cells().size(); cell++) {
            cells.add(new Apply(
                    Operation.ADD, one.cells().get(cell), other.cells().get(cell)));
        }
        return new Matrix(one.columns(), List.copyOf(cells));
    }

    private static Matrix product(Matrix one, Matrix other) {
        List<Node> cells = new ArrayList<>();
        for (int row = 0; row < one.rows(); row++) {
            for (int column = 0; column < other.columns(); column++) {
                Node total = Numeral.of(0);
                for (int inner = 0; inner < one.columns(); inner++) {
                    total = new Apply(
                            Operation.ADD,
                            total,
                            new Apply(
                                    Operation.MULTIPLY,
                                    one.cells().get(row * one.columns() + inner),
                                    other.cells().get(inner * other.columns() + column)));
                }
                cells.add(total);
            }
        }
        return new Matrix(other.columns(), List.copyOf(cells));
    }

    private static Matrix transpose(Matrix matrix) {
        List<Node> cells = new ArrayList<>();
        for (int column = 0; column < matrix.columns(); column++) {
            for (int row = 0; row < matrix.rows(); row++) {
                cells.add(matrix.cells().get(row * matrix.columns() + column));
            }
        }
        return new Matrix(matrix.rows(), List.copyOf(cells));
    }
}
