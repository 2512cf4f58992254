package dev.tempo.verification.form;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Matrix;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Operation;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The determinant of a small square matrix, written out by its first row (Laplace), each minor once. */
final class Determinants {
    private static final int MAX_ROWS = 7;

    private final Matrix matrix;
    private final Budget budget;
    /** Minors of the lower rows by the set of their columns. */
    private final Map<Integer, Node> minors = new HashMap<>();

    private Determinants(Matrix matrix, Budget budget) {
        this.matrix = matrix;
        this.budget = budget;
    }

    /** The determinant, or null where there is none or the matrix is too large. */
    static @Nullable Node of(Matrix matrix, Budget budget) {
        return matrix.rows() != matrix.columns() || matrix.columns() == 0 || matrix.columns() > MAX_ROWS
                ? null
                : new Determinants(matrix, budget).minor(0, (1 << matrix.columns()) - 1);
    }

    private Node minor(int row, int columns) {
        Node known = minors.get(columns);
        if (known != null) {
            return known;
        }
        budget.charge(4);
        Node sum = Numeral.of(row == matrix.rows() ? 1 : 0);
        boolean negative = false;
        for (int column = 0; column < matrix.columns(); column++) {
            if ((columns >> column & 1) == 1) {
                Node product = new Apply(
                        Operation.MULTIPLY,
                        matrix.cells().get(row * matrix.columns() + column),
                        minor(row + 1, columns & ~(1 << column)));
                sum = new Apply(Operation.ADD, sum, negative ? new Apply(Operation.NEGATE, product) : product);
                negative = !negative;
            }
        }
        minors.put(columns, sum);
        return sum;
    }
}
