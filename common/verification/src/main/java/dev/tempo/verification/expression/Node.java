package dev.tempo.verification.expression;

import java.util.List;

/**
 * The syntax tree of an answer. Trees may be as deep as the input, so nothing walks them by recursion: {@link Postorder}
 * lists the nodes children first. For the same reason the records' generated {@code equals} is not used.
 */
public sealed interface Node {
    default List<Node> children() {
        return List.of();
    }

    /**
     * A literal number.
     *
     * @param significant digits written, counted from the first non-zero one; 0 for a number without decimal point
     * @param decimals digits written after the point, less the power of ten in scientific notation
     */
    record Numeral(Rational value, int significant, int decimals) implements Node {
        public static Numeral of(long value) {
            return new Numeral(Rational.of(value), 0, 0);
        }

        public boolean isInteger() {
            return significant == 0 && value.isInteger();
        }
    }

    /** A variable or a named constant: {@code pi}, {@code e}, {@code i}, {@code infinity}, {@code x_{2}}. */
    record Symbol(String name) implements Node {}

    /** A word: letters that may be a unit, a plain answer or a product of variables; the surroundings decide. */
    record Word(String text, boolean quoted) implements Node {}

    public record Apply(Operation operation, String name, List<Node> operands) implements Node {
        public Apply {
            if (operands.isEmpty()) {
                throw new Unparsable(operation + " of nothing");
            }
        }

        public Apply(Operation operation, Node... operands) {
            this(operation, "", List.of(operands));
        }

        @Override
        public List<Node> children() {
            return operands;
        }
    }

    /** A sequence of items between brackets; both brackets empty for a bare list. */
    record Sequence(String open, String close, List<Node> items) implements Node {
        @Override
        public List<Node> children() {
            return items;
        }

        public boolean isBare() {
            return open.isEmpty();
        }

        public boolean isSet() {
            return open.equals("{");
        }

        /** Whether the items stand between brackets of two kinds, as only those of an interval do. */
        public boolean isHalfOpen() {
            return open.equals("[") && close.equals(")") || open.equals("(") && close.equals("]");
        }

        /** Whether the items stand between braces that TeX does not print: a bare list to the reader, a set to the writer. */
        public boolean isLoose() {
            return close.equals("}g");
        }
    }

    /** A matrix, with its cells row by row. */
    record Matrix(int columns, List<Node> cells) implements Node {
        @Override
        public List<Node> children() {
            return cells;
        }

        public int rows() {
            return columns == 0 ? 0 : cells.size() / columns;
        }
    }

    /** {@code side sign side sign side}: one sign fewer than sides. */
    record Relation(List<Node> sides, List<String> signs) implements Node {
        @Override
        public List<Node> children() {
            return sides;
        }

        public Node last() {
            return sides.get(sides.size() - 1);
        }
    }
}
