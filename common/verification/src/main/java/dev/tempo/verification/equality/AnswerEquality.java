package dev.tempo.verification.equality;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Matrix;
import dev.tempo.verification.expression.Node.Relation;
import dev.tempo.verification.expression.Node.Sequence;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Undecidable;
import dev.tempo.verification.form.NamedValues;
import dev.tempo.verification.form.PlusMinus;
import dev.tempo.verification.form.Residues;
import dev.tempo.verification.form.UnitMeanings;
import dev.tempo.verification.parsing.AnswerList;
import java.util.ArrayList;
import java.util.List;

/** Equality of whole answers: lists, sets, tuples, intervals, matrices and relations down to single expressions. */
public final class AnswerEquality {
    private static final int MAX_NESTING = 24;
    private final Budget budget;
    private final ScalarEquality scalars;
    private final RelationEquality relations;
    private int nesting;

    public AnswerEquality(Budget budget, ScalarEquality scalars) {
        this.budget = budget;
        this.scalars = scalars;
        this.relations = new RelationEquality(this, budget);
    }

    /**
     * Whether two answers are equal.
     *
     * @throws dev.tempo.verification.expression.Undecidable where the budget does not suffice
     */
    public boolean equal(Node gold, Node prediction) {
        if (++nesting > MAX_NESTING) {
            throw new Undecidable("answers nested deeper than " + MAX_NESTING);
        }
        try {
            Boolean families = mayBeFamily(gold) || mayBeFamily(prediction)
                    ? new SolutionFamilies(this, budget).same(gold, prediction)
                    : null;
            if (families != null) {
                return families;
            }
            Node left = isAssignments(prediction) ? assignments(gold) : gold;
            Node right = isAssignments(gold) ? assignments(prediction) : prediction;
            return isList(left) || isList(right) ? lists(left, right) : items(left, right);
        } finally {
            nesting--;
        }
    }

    private static boolean mayBeFamily(Node node) {
        return node instanceof Sequence sequence && sequence.items().stream().anyMatch(AnswerEquality::isMembership)
                || node instanceof Sequence list && list.items().stream().anyMatch(AnswerEquality::isBare)
                || isMembership(node) && node.children().get(1) instanceof Sequence;
    }

    private static boolean isMembership(Node node) {
        return node instanceof Relation relation && relation.signs().equals(List.of("∈"));
    }

    private static boolean isAssignments(Node node) {
        return isBare(node) && node.children().stream().allMatch(Relation.class::isInstance);
    }

    /** {@code (x, y) = (1, 2)} as {@code x = 1, y = 2}; anything else as it is. */
    private static Node assignments(Node node) {
        if (!(node instanceof Relation relation)
                || !relation.signs().equals(List.of("="))
                || !isTuple(relation.sides().get(0))
                || !isTuple(relation.last())
                || relation.last().children().size()
                        != relation.sides().get(0).children().size()) {
            return node;
        }
        List<Node> single = new ArrayList<>();
        List<Node> names = relation.sides().get(0).children();
        for (int name = 0; name < names.size(); name++) {
            single.add(new Relation(
                    List.of(names.get(name), relation.last().children().get(name)), relation.signs()));
        }
        return new Sequence("", "", List.copyOf(single));
    }

    private boolean isList(Node node) {
        return node instanceof Sequence sequence && (sequence.isBare() || sequence.isSet())
                || node instanceof Symbol symbol && symbol.name().equals("∅")
                || PlusMinus.has(node, budget);
    }

    private boolean lists(Node gold, Node prediction) {
        if ((isTuple(gold) && isUnmarked(prediction) || isUnmarked(gold) && isTuple(prediction))
                && !RealSetReader.isConditions(gold)
                && !RealSetReader.isConditions(prediction)
                && !PlusMinus.has(gold, budget)
                && !PlusMinus.has(prediction, budget)) {
            return ordered(unnamed(children(gold), false), unnamed(children(prediction), true));
        }
        if (RealSetReader.isConditions(gold) && RealSetReader.isConditions(prediction)) {
            RealSet one = RealSetReader.of(gold, budget);
            RealSet other = RealSetReader.of(prediction, budget);
            if (one != null && other != null || isAlternative(gold) != isAlternative(prediction)) {
                return one != null && other != null && one.same(other);
            }
        }
        List<Node> left = distinct(elements(gold, false));
        List<Node> right = distinct(elements(prediction, true));
        if (unordered(left, right)) {
            return true;
        }
        boolean leftNamed = left.stream().allMatch(Relation.class::isInstance);
        boolean rightNamed = right.stream().allMatch(Relation.class::isInstance);
        if (leftNamed != rightNamed || !leftNamed) {
            List<Node> leftValues = distinct(unnamed(left, false));
            List<Node> rightValues = distinct(unnamed(right, true));
            if (unordered(leftValues, rightValues)) {
                return true;
            }
        }
        return sets(gold, prediction);
    }

    private static boolean isAlternative(Node node) {
        return node instanceof Sequence sequence && sequence.close().equals(AnswerList.OR);
    }

    private static boolean isTuple(Node node) {
        return node instanceof Sequence sequence && !sequence.isBare() && !sequence.isSet() && !sequence.isHalfOpen();
    }

    private static boolean isUnmarked(Node node) {
        return node instanceof Sequence sequence && (sequence.isBare() || sequence.isLoose());
    }

    private static boolean isBare(Node node) {
        return node instanceof Sequence sequence && sequence.isBare();
    }

    private static List<Node> children(Node node) {
        return node.children();
    }

    /** The answers in a list or set, both signs of ± written out. */
    private List<Node> elements(Node node, boolean sums) {
        List<Node> elements = new ArrayList<>();
        boolean list = node instanceof Sequence sequence && (sequence.isBare() || sequence.isSet());
        for (Node item : list ? node.children() : List.of(node)) {
            for (Node signed : PlusMinus.expand(item, budget)) {
                Node value = signed instanceof Relation relation ? NamedValues.value(relation, sums, budget) : signed;
                boolean inner = value instanceof Sequence sequence
                        && sequence.isSet()
                        && (node != item || signed instanceof Relation);
                if (inner && value != null) {
                    elements.addAll(value.children());
                } else if (!(signed instanceof Symbol symbol && symbol.name().equals("∅"))) {
                    elements.add(signed);
                }
            }
        }
        return elements;
    }

    private List<Node> unnamed(List<Node> items, boolean sums) {
        List<Node> values = new ArrayList<>();
        for (Node item : items) {
            Node value = item instanceof Relation relation ? NamedValues.value(relation, sums, budget) : null;
            values.add(value == null ? item : value);
        }
        return values;
    }

    private List<Node> distinct(List<Node> items) {
        List<Node> distinct = new ArrayList<>();
        for (Node item : items) {
            if (distinct.stream().noneMatch(known -> equal(known, item))) {
                distinct.add(item);
            }
        }
        return distinct;
    }

    private boolean unordered(List<Node> left, List<Node> right) {
        if (left.size() != right.size()) {
            return false;
        }
        List<Node> rest = new ArrayList<>(right);
        for (Node item : left) {
            boolean found = false;
            for (int other = 0; other < rest.size() && !found; other++) {
                found = items(item, rest.get(other));
                if (found) {
                    rest.remove(other);
                }
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }

    private boolean ordered(List<Node> left, List<Node> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int item = 0; item < left.size(); item++) {
            if (!equal(left.get(item), right.get(item))) {
                return false;
            }
        }
        return true;
    }

    private boolean items(Node gold, Node prediction) {
        Boolean classes = Residues.same(gold, prediction, budget);
        if (classes != null) {
            return classes;
        }
        if (Residues.isClass(gold) != Residues.isClass(prediction)
                && !(gold instanceof Relation)
                && !(prediction instanceof Relation)) {
            return scalar(
                    Residues.isClass(gold) ? gold.children().get(0) : gold,
                    Residues.isClass(prediction) ? prediction.children().get(0) : prediction);
        }
        if (gold instanceof Relation left && prediction instanceof Relation right) {
            return Residues.isOfUnknown(left) == Residues.isOfUnknown(right)
                    && (relations.equal(left, right) || relationAndSet(left, right));
        }
        if (gold instanceof Relation || prediction instanceof Relation) {
            return relationAndValue(gold, prediction);
        }
        if (isBare(gold) && isBare(prediction)) {
            return unordered(gold.children(), prediction.children());
        }
        if (isBare(gold) && isTuple(prediction) || isTuple(gold) && isBare(prediction)) {
            return ordered(unnamed(children(gold), false), unnamed(children(prediction), true));
        }
        if (gold instanceof Matrix || prediction instanceof Matrix) {
            return matrices(gold, prediction);
        }
        if (gold instanceof Sequence left
                && prediction instanceof Sequence right
                && left.open().equals(right.open())
                && (left.isSet() || left.close().equals(right.close()))) {
            return left.isSet() ? lists(left, right) : ordered(left.items(), right.items()) || sets(gold, prediction);
        }
        if (gold instanceof Sequence
                || prediction instanceof Sequence
                || RealSetReader.isDistinctive(gold)
                || RealSetReader.isDistinctive(prediction)) {
            return sets(gold, prediction) || setExpressions(gold, prediction);
        }
        return proportions(gold, prediction) || scalar(gold, prediction);
    }

    /** Whether two proportions are equal: 1:2:3 is 2:4:6. */
    private boolean proportions(Node gold, Node prediction) {
        if (!(gold instanceof Apply left
                && prediction instanceof Apply right
                && left.operation() == Operation.RATIO
                && right.operation() == Operation.RATIO
                && left.operands().size() == right.operands().size()
                && left.operands().size() > 2)) {
            return false;
        }
        for (int part = 1; part < left.operands().size(); part++) {
            Node one = new Apply(
                    Operation.MULTIPLY, left.operands().get(0), right.operands().get(part));
            Node other = new Apply(
                    Operation.MULTIPLY,
                    left.operands().get(part),
                    right.operands().get(0));
            if (!scalars.equal(one, other)) {
                return false;
            }
        }
        return true;
    }

    /** {@code x \\in [0, 1]} against {@code 0 \\le x \\le 1}. */
    private boolean relationAndSet(Relation gold, Relation prediction) {
        Node left = NamedValues.value(gold, false, budget);
        Node right = NamedValues.value(prediction, false, budget);
        if (left == null && right == null && !NamedValues.sharesASymbol(gold, prediction, budget)) {
            return false;
        }
        return sets(left == null ? gold : left, right == null ? prediction : right);
    }

    private boolean relationAndValue(Node gold, Node prediction) {
        if (gold instanceof Relation one && Residues.isOfUnknown(one) && !Residues.isClass(prediction)
                || prediction instanceof Relation other && Residues.isOfUnknown(other) && !Residues.isClass(gold)) {
            return false;
        }
        Node left = gold instanceof Relation relation ? NamedValues.value(relation, false, budget) : gold;
        Node right = prediction instanceof Relation relation ? NamedValues.value(relation, true, budget) : prediction;
        if (left != null && right != null) {
            return equal(left, right);
        }
        return sets(
                gold instanceof Relation && left != null ? left : gold,
                prediction instanceof Relation && right != null ? right : prediction);
    }

    private boolean sets(Node written, Node answered) {
        Node gold = member(written);
        Node prediction = member(answered);
        if (!RealSetReader.isDistinctive(gold) && !RealSetReader.isDistinctive(prediction)) {
            return false;
        }
        RealSet left = RealSetReader.of(gold, budget);
        RealSet right = left == null ? null : RealSetReader.of(prediction, budget);
        return left != null && right != null && left.same(right);
    }

    /** {@code x \\in S} says no more than S. */
    private static Node member(Node node) {
        return node instanceof Relation relation
                        && relation.signs().equals(List.of("∈"))
                        && relation.sides().get(0) instanceof Symbol
                ? relation.last()
                : node;
    }

    /** Unions with symbolic ends are the same if their parts are. */
    private boolean setExpressions(Node gold, Node prediction) {
        if (gold instanceof Apply left
                && prediction instanceof Apply right
                && left.operation() == right.operation()
                && RealSetReader.isDistinctive(left)) {
            return ordered(left.operands(), right.operands())
                    || left.operation() != Operation.DIFFERENCE
                            && ordered(
                                    left.operands(),
                                    List.of(
                                            right.operands().get(1),
                                            right.operands().get(0)));
        }
        return false;
    }

    private boolean matrices(Node gold, Node prediction) {
        if (gold instanceof Matrix left && prediction instanceof Matrix right) {
            return left.columns() == right.columns() && ordered(left.cells(), right.cells());
        }
        Matrix matrix = gold instanceof Matrix left ? left : (Matrix) prediction;
        Node other = gold instanceof Matrix ? prediction : gold;
        boolean vector = matrix.columns() == 1 || matrix.rows() == 1;
        if (vector && isTuple(other)) {
            return ordered(children(gold), children(prediction));
        }
        return matrix.cells().size() == 1
                && !(other instanceof Sequence)
                && equal(matrix.cells().get(0), other);
    }

    private boolean scalar(Node gold, Node prediction) {
        List<Node> left = UnitMeanings.of(gold, budget);
        List<Node> right = UnitMeanings.of(prediction, budget);
        boolean plain = left.size() == 1 && right.size() == 1;
        for (int reading = 0; reading < (plain ? 1 : 2); reading++) {
            if (scalars.equal(
                    left.get(Math.min(reading, left.size() - 1)), right.get(Math.min(reading, right.size() - 1)))) {
                return true;
            }
        }
        return false;
    }
}
