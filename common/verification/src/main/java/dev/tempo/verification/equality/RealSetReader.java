package dev.tempo.verification.equality;

import dev.tempo.verification.equality.RealSet.Interval;
import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Node.Relation;
import dev.tempo.verification.expression.Node.Sequence;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Postorder;
import dev.tempo.verification.form.NamedValues;
import dev.tempo.verification.parsing.AnswerList;
import dev.tempo.verification.value.Complex;
import dev.tempo.verification.value.ExactEvaluation;
import dev.tempo.verification.value.RealEvaluation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reader of answers as sets of real numbers: intervals, their unions, inequalities of one unknown. Inequalities
 * joined by "and" hold together, joined by "or" one by one; a comma joins them as "and" unless nothing is left then.
 */
public final class RealSetReader {
    private static final MathContext DIGITS = new MathContext(36);
    private static final String INEQUALITIES = "<>≤≥≠";

    private final Budget budget;
    /** The unknown of the inequalities read so far. */
    private @Nullable String unknown;

    private RealSetReader(Budget budget) {
        this.budget = budget;
    }

    /** Whether the notation can only mean a set, so that a pair of numbers beside it is an interval. */
    static boolean isDistinctive(Node node) {
        if (node instanceof Apply apply) {
            return apply.operation() == Operation.UNION
                    || apply.operation() == Operation.INTERSECTION
                    || apply.operation() == Operation.DIFFERENCE;
        }
        if (node instanceof Relation) {
            return isInequality(node);
        }
        if (node instanceof Sequence sequence && isConditions(sequence)) {
            return true;
        }
        if (node instanceof Sequence sequence && sequence.items().size() == 2) {
            return !sequence.isBare() && !sequence.isSet() && !(sequence.open() + sequence.close()).equals("()")
                    || sequence.items().stream().anyMatch(RealSetReader::isInfinite);
        }
        return node instanceof Symbol symbol
                && (symbol.name().equals("ℝ") || symbol.name().equals("mathbbR"));
    }

    private static boolean isInequality(Node node) {
        return node instanceof Relation relation && relation.signs().stream().allMatch(INEQUALITIES::contains);
    }

    /** Whether a node is relations of which one at least is an inequality, bare or in the braces of a set. */
    public static boolean isConditions(Node node) {
        return node instanceof Sequence sequence
                && (sequence.isBare() || sequence.isSet())
                && sequence.items().stream().anyMatch(item -> isInequality(item) || isConditionsWithin(item))
                && sequence.items().stream()
                        .allMatch(item ->
                                item instanceof Relation || item instanceof Numeral || isConditionsWithin(item));
    }

    private static boolean isConditionsWithin(Node item) {
        return item instanceof Sequence inner
                && inner.isBare()
                && inner.items().stream().allMatch(Relation.class::isInstance)
                && inner.items().stream().anyMatch(RealSetReader::isInequality);
    }

    private static boolean isInfinite(Node node) {
        Node size = node instanceof Apply apply && apply.operation() == Operation.NEGATE
                ? apply.operands().get(0)
                : node;
        return size instanceof Symbol symbol && symbol.name().equals("infinity");
    }

    /** The set a node stands for, or null where it is none or its ends are not numbers. */
    static @Nullable RealSet of(Node node, Budget budget) {
        return new RealSetReader(budget).read(node);
    }

    private @Nullable RealSet read(Node node) {
        Postorder order = Postorder.of(node, budget);
        List<@Nullable RealSet> sets = new ArrayList<>();
        for (int position = 0; position < order.size(); position++) {
            Node part = order.node(position);
            int[] below = order.children(position);
            RealSet set;
            if (part instanceof Apply apply && isDistinctive(part)) {
                RealSet left = orPoint(sets.get(below[0]), apply.operands().get(0));
                RealSet right = orPoint(sets.get(below[1]), apply.operands().get(1));
                set = left == null || right == null ? null : left.combine(apply.operation(), right, budget);
            } else if (position == order.root() || part instanceof Sequence || part instanceof Symbol) {
                set = simple(part, 0);
            } else {
                set = null;
            }
            sets.add(set);
        }
        return sets.get(order.root());
    }

    /** Braces that TeX does not print leave a single number of a set. */
    private @Nullable RealSet orPoint(@Nullable RealSet set, Node node) {
        BigDecimal point = set == null ? number(node) : null;
        return point == null ? set : RealSet.point(point);
    }

    private @Nullable RealSet simple(Node node, int depth) {
        if (node instanceof Symbol symbol) {
            return switch (symbol.name()) {
                case "ℝ", "mathbbR", "R" -> RealSet.ALL;
                case "∅" -> RealSet.NONE;
                default -> null;
            };
        }
        if (node instanceof Relation relation) {
            return relation(relation, depth);
        }
        if (!(node instanceof Sequence sequence)) {
            return null;
        }
        if (sequence.isBare() || isConditions(sequence)) {
            return depth > 2 ? null : joined(sequence, depth);
        }
        List<BigDecimal> ends = new ArrayList<>();
        for (Node item : sequence.items()) {
            BigDecimal end = number(item);
            if (end == null) {
                return null;
            }
            ends.add(end);
        }
        if (sequence.isSet()) {
            return RealSet.normalized(
                    ends.stream().map(end -> new Interval(end, true, end, true)).toList());
        }
        if (ends.size() != 2) {
            return null;
        }
        Interval interval = new Interval(
                ends.get(0),
                sequence.open().equals("["),
                ends.get(1),
                sequence.close().equals("]"));
        // Nobody writes an interval to say that there is nothing in it: it is a point of the plane, or a slip.
        return interval.isEmpty() ? null : RealSet.of(interval);
    }

    private @Nullable RealSet joined(Sequence sequence, int depth) {
        RealSet union = RealSet.NONE;
        RealSet common = RealSet.ALL;
        boolean conditions = isConditions(sequence);
        Node before = sequence;
        for (Node item : sequence.items()) {
            boolean excluded = item instanceof Numeral
                    && before instanceof Relation relation
                    && relation.signs().equals(List.of("≠"));
            Node part = excluded ? new Relation(List.of(before.children().get(0), item), List.of("≠")) : item;
            RealSet set = simple(part, depth + 1);
            if (set == null) {
                return null;
            }
            union = union.combine(Operation.UNION, set, budget);
            common = common.combine(Operation.INTERSECTION, set, budget);
            before = part;
        }
        if (!conditions || sequence.close().equals(AnswerList.OR)) {
            return union;
        }
        boolean together = !common.isEmpty() || sequence.close().equals(AnswerList.AND);
        // "x < 1 and x > 3" leaves nothing: it says neither that nothing is a solution nor which numbers are.
        return together ? common.isEmpty() ? null : common : union;
    }

    /** The solutions of a relation in one unknown, which must be the one that was met before. */
    private @Nullable RealSet relation(Relation relation, int depth) {
        if (relation.signs().equals(List.of("∈"))) {
            return isAbout(relation.sides().get(0)) ? simple(relation.last(), depth + 1) : null;
        }
        RealSet set = RealSet.ALL;
        for (int sign = 0; sign < relation.signs().size(); sign++) {
            BigDecimal left = number(relation.sides().get(sign));
            BigDecimal right = number(relation.sides().get(sign + 1));
            Node variable = relation.sides().get(left == null ? sign : sign + 1);
            BigDecimal bound = left == null ? right : left;
            if (bound == null || left != null && right != null) {
                return null;
            }
            String reading = left == null
                    ? relation.signs().get(sign)
                    : RealSet.reversed(relation.signs().get(sign));
            boolean named = variable instanceof Symbol || isCallOfASymbol(variable);
            RealSet half = !named
                    ? distance(variable, reading, bound)
                    : isAbout(variable) ? RealSet.beyond(reading, bound, budget) : null;
            if (half == null) {
                return null;
            }
            set = set.combine(Operation.INTERSECTION, half, budget);
        }
        return set;
    }

    private boolean isAbout(Node variable) {
        String name = NamedValues.spelling(variable, budget);
        boolean same = unknown == null || unknown.equals(name);
        unknown = name;
        return same;
    }

    /** The values of {@code f(x)} are a set as much as those of x. */
    private static boolean isCallOfASymbol(Node node) {
        return node instanceof Apply call
                && call.operation() == Operation.CALL
                && call.name().length() <= 2
                && call.operands().size() == 1
                && call.operands().get(0) instanceof Symbol;
    }

    /** {@code |x - a| < b}. */
    private @Nullable RealSet distance(Node size, String sign, BigDecimal bound) {
        if (!(size instanceof Apply bars) || bars.operation() != Operation.ABSOLUTE) {
            return null;
        }
        Node inner = bars.operands().get(0);
        BigDecimal shift = BigDecimal.ZERO;
        if (inner instanceof Apply sum && sum.operation() == Operation.ADD) {
            shift = number(sum.operands().get(1));
            inner = sum.operands().get(0);
        }
        if (shift == null || !(inner instanceof Symbol) || !isAbout(inner)) {
            return null;
        }
        boolean closed = sign.equals("≤") || sign.equals(">");
        RealSet inside = RealSet.of(new Interval(
                shift.negate().subtract(bound).round(DIGITS),
                closed,
                bound.subtract(shift).round(DIGITS),
                closed));
        return switch (sign) {
            case "<", "≤" -> inside;
            case ">", "≥" -> inside.complement();
            default -> null;
        };
    }

    private @Nullable BigDecimal number(Node node) {
        if (isInfinite(node)) {
            return node instanceof Symbol ? RealSet.INFINITE : RealSet.INFINITE.negate();
        }
        Postorder order = Postorder.of(node, budget);
        if (!RealEvaluation.isConstant(order) || node instanceof Sequence || node instanceof Relation) {
            return null;
        }
        try {
            Complex value = new RealEvaluation(order, ExactEvaluation.of(order, budget), budget, 50, 0, true).value();
            return value == Complex.HUGE || !value.isReal()
                    ? null
                    : value.real().round(DIGITS);
        } catch (RealEvaluation.OutsideDomain undefined) {
            return null;
        }
    }
}
