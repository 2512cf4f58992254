package dev.tempo.verification;

import dev.tempo.verification.Node.Apply;
import dev.tempo.verification.Node.Relation;
import dev.tempo.verification.Node.Sequence;
import dev.tempo.verification.Node.Symbol;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of real numbers as sorted, disjoint intervals; points are closed intervals of length 0. */
record RealSet(List<Interval> pieces) {
    private static final BigDecimal INFINITE = new BigDecimal("1e9999");
    private static final MathContext DIGITS = new MathContext(36);
    private static final RealSet ALL = new RealSet(List.of(new Interval(INFINITE.negate(), false, INFINITE, false)));
    private static final RealSet NONE = new RealSet(List.of());

    record Interval(BigDecimal low, boolean lowClosed, BigDecimal high, boolean highClosed) {
        boolean isEmpty() {
            int order = low.compareTo(high);
            return order > 0 || order == 0 && !(lowClosed && highClosed);
        }
    }

    /** Whether the notation can only mean a set, so that a pair of numbers beside it is an interval. */
    static boolean isDistinctive(Node node) {
        if (node instanceof Apply apply) {
            return apply.operation() == Operation.UNION
                    || apply.operation() == Operation.INTERSECTION
                    || apply.operation() == Operation.DIFFERENCE;
        }
        if (node instanceof Relation relation) {
            return relation.signs().stream().allMatch(sign -> "<>≤≥≠".contains(sign));
        }
        if (node instanceof Sequence sequence && sequence.items().size() == 2) {
            return !sequence.isBare() && !sequence.isSet() && !(sequence.open() + sequence.close()).equals("()")
                    || sequence.items().stream().anyMatch(RealSet::isInfinite);
        }
        return node instanceof Symbol symbol
                && (symbol.name().equals("ℝ") || symbol.name().equals("mathbbR"));
    }

    private static boolean isInfinite(Node node) {
        Node size = node instanceof Apply apply && apply.operation() == Operation.NEGATE
                ? apply.operands().get(0)
                : node;
        return size instanceof Symbol symbol && symbol.name().equals("infinity");
    }

    /** The set a node stands for, or null where it is none or its ends are not numbers. */
    static @Nullable RealSet of(Node node, Budget budget) {
        Postorder order = Postorder.of(node, budget);
        List<@Nullable RealSet> sets = new ArrayList<>();
        for (int position = 0; position < order.size(); position++) {
            Node part = order.node(position);
            int[] below = order.children(position);
            RealSet set;
            if (part instanceof Apply apply && isDistinctive(part)) {
                RealSet left = orPoint(sets.get(below[0]), apply.operands().get(0), budget);
                RealSet right = orPoint(sets.get(below[1]), apply.operands().get(1), budget);
                set = left == null || right == null ? null : left.combine(apply.operation(), right, budget);
            } else if (position == order.root() || part instanceof Sequence || part instanceof Symbol) {
                set = simple(part, budget);
            } else {
                set = null;
            }
            sets.add(set);
        }
        return sets.get(order.root());
    }

    /** Braces that TeX does not print leave a single number of a set. */
    private static @Nullable RealSet orPoint(@Nullable RealSet set, Node node, Budget budget) {
        BigDecimal point = set == null ? number(node, budget) : null;
        return point == null ? set : new RealSet(List.of(new Interval(point, true, point, true)));
    }

    private static @Nullable RealSet simple(Node node, Budget budget) {
        if (node instanceof Symbol symbol) {
            return switch (symbol.name()) {
                case "ℝ", "mathbbR", "R" -> ALL;
                case "∅" -> NONE;
                default -> null;
            };
        }
        if (node instanceof Relation relation) {
            return inequality(relation, budget);
        }
        if (!(node instanceof Sequence sequence)) {
            return null;
        }
        if (sequence.isBare()) {
            RealSet union = NONE;
            for (Node item : sequence.items()) {
                RealSet part = item instanceof Sequence inner && inner.isBare() ? null : simple(item, budget);
                if (part == null) {
                    return null;
                }
                union = union.combine(Operation.UNION, part, budget);
            }
            return union;
        }
        List<BigDecimal> ends = new ArrayList<>();
        for (Node item : sequence.items()) {
            BigDecimal end = number(item, budget);
            if (end == null) {
                return null;
            }
            ends.add(end);
        }
        if (sequence.isSet()) {
            return normalized(
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
        return interval.isEmpty() ? null : normalized(List.of(interval));
    }

    private static @Nullable RealSet inequality(Relation relation, Budget budget) {
        RealSet set = ALL;
        for (int sign = 0; sign < relation.signs().size(); sign++) {
            BigDecimal left = number(relation.sides().get(sign), budget);
            BigDecimal right = number(relation.sides().get(sign + 1), budget);
            Node variable = relation.sides().get(left == null ? sign : sign + 1);
            BigDecimal bound = left == null ? right : left;
            if (bound == null || left != null && right != null) {
                return null;
            }
            String reading = left == null
                    ? relation.signs().get(sign)
                    : reversed(relation.signs().get(sign));
            boolean unknown = variable instanceof Symbol || isCallOfASymbol(variable);
            RealSet half = unknown ? half(reading, bound, budget) : distance(variable, reading, bound, budget);
            if (half == null) {
                return null;
            }
            set = set.combine(Operation.INTERSECTION, half, budget);
        }
        return set;
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
    private static @Nullable RealSet distance(Node size, String sign, BigDecimal bound, Budget budget) {
        if (!(size instanceof Apply bars) || bars.operation() != Operation.ABSOLUTE || bound.signum() <= 0) {
            return null;
        }
        Node inner = bars.operands().get(0);
        BigDecimal shift = BigDecimal.ZERO;
        if (inner instanceof Apply sum && sum.operation() == Operation.ADD) {
            shift = number(sum.operands().get(1), budget);
            inner = sum.operands().get(0);
        }
        if (shift == null || !(inner instanceof Symbol)) {
            return null;
        }
        boolean closed = sign.equals("≤") || sign.equals(">");
        RealSet inside = new RealSet(List.of(new Interval(
                shift.negate().subtract(bound).round(DIGITS),
                closed,
                bound.subtract(shift).round(DIGITS),
                closed)));
        return switch (sign) {
            case "<", "≤" -> inside;
            case ">", "≥" -> inside.complement();
            default -> null;
        };
    }

    private static @Nullable RealSet half(String sign, BigDecimal bound, Budget budget) {
        return switch (sign) {
            case "<" -> new RealSet(List.of(new Interval(INFINITE.negate(), false, bound, false)));
            case "≤" -> new RealSet(List.of(new Interval(INFINITE.negate(), false, bound, true)));
            case ">" -> new RealSet(List.of(new Interval(bound, false, INFINITE, false)));
            case "≥" -> new RealSet(List.of(new Interval(bound, true, INFINITE, false)));
            case "≠" ->
                ALL.combine(Operation.DIFFERENCE, new RealSet(List.of(new Interval(bound, true, bound, true))), budget);
            default -> null;
        };
    }

    static String reversed(String sign) {
        return switch (sign) {
            case "<" -> ">";
            case ">" -> "<";
            case "≤" -> "≥";
            case "≥" -> "≤";
            default -> sign;
        };
    }

    private static @Nullable BigDecimal number(Node node, Budget budget) {
        if (isInfinite(node)) {
            return node instanceof Symbol ? INFINITE : INFINITE.negate();
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

    private RealSet combine(Operation operation, RealSet other, Budget budget) {
        budget.charge(1L + (long) pieces.size() * Math.max(1, other.pieces.size()));
        if (operation == Operation.UNION) {
            List<Interval> both = new ArrayList<>(pieces);
            both.addAll(other.pieces);
            return normalized(both);
        }
        RealSet with = operation == Operation.DIFFERENCE ? other.complement() : other;
        List<Interval> common = new ArrayList<>();
        for (Interval left : pieces) {
            for (Interval right : with.pieces) {
                int low = left.low.compareTo(right.low);
                int high = left.high.compareTo(right.high);
                common.add(new Interval(
                        low >= 0 ? left.low : right.low,
                        low > 0 ? left.lowClosed : low < 0 ? right.lowClosed : left.lowClosed && right.lowClosed,
                        high <= 0 ? left.high : right.high,
                        high < 0
                                ? left.highClosed
                                : high > 0 ? right.highClosed : left.highClosed && right.highClosed));
            }
        }
        return normalized(common);
    }

    private RealSet complement() {
        List<Interval> gaps = new ArrayList<>();
        BigDecimal low = INFINITE.negate();
        boolean closed = false;
        for (Interval piece : pieces) {
            gaps.add(new Interval(
                    low, closed, piece.low, !piece.lowClosed && piece.low.abs().compareTo(INFINITE) != 0));
            low = piece.high;
            closed = !piece.highClosed && piece.high.compareTo(INFINITE) != 0;
        }
        gaps.add(new Interval(low, closed, INFINITE, false));
        return normalized(gaps);
    }

    private static RealSet normalized(List<Interval> pieces) {
        List<Interval> sorted = new ArrayList<>(pieces);
        sorted.removeIf(Interval::isEmpty);
        sorted.sort(Comparator.comparing(Interval::low).thenComparing(piece -> !piece.lowClosed()));
        List<Interval> merged = new ArrayList<>();
        for (Interval piece : sorted) {
            Interval last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            int gap = last == null ? 1 : piece.low.compareTo(last.high);
            if (last == null || gap > 0 || gap == 0 && !(piece.lowClosed || last.highClosed)) {
                merged.add(piece);
            } else {
                int high = piece.high.compareTo(last.high);
                merged.set(
                        merged.size() - 1,
                        new Interval(
                                last.low,
                                last.lowClosed,
                                high > 0 ? piece.high : last.high,
                                high > 0
                                        ? piece.highClosed
                                        : high < 0 ? last.highClosed : piece.highClosed || last.highClosed));
            }
        }
        return new RealSet(merged);
    }

    boolean same(RealSet other) {
        if (pieces.size() != other.pieces.size()) {
            return false;
        }
        for (int piece = 0; piece < pieces.size(); piece++) {
            Interval left = pieces.get(piece);
            Interval right = other.pieces.get(piece);
            if (left.low.compareTo(right.low) != 0
                    || left.high.compareTo(right.high) != 0
                    || left.lowClosed != right.lowClosed
                    || left.highClosed != right.highClosed) {
                return false;
            }
        }
        return true;
    }
}
