package dev.tempo.verification.equality;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Operation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A set of real numbers as sorted, disjoint intervals; points are closed intervals of length 0. */
record RealSet(List<Interval> pieces) {
    static final BigDecimal INFINITE = new BigDecimal("1e9999");
    static final RealSet ALL = new RealSet(List.of(new Interval(INFINITE.negate(), false, INFINITE, false)));
    static final RealSet NONE = new RealSet(List.of());

    record Interval(BigDecimal low, boolean lowClosed, BigDecimal high, boolean highClosed) {
        boolean isEmpty() {
            int order = low.compareTo(high);
            return order > 0 || order == 0 && !(lowClosed && highClosed);
        }
    }

    static RealSet of(Interval... intervals) {
        return normalized(List.of(intervals));
    }

    static RealSet point(BigDecimal value) {
        return of(new Interval(value, true, value, true));
    }

    /** The numbers on one side of a bound; null for a sign that is no inequality. */
    static @Nullable RealSet beyond(String sign, BigDecimal bound, Budget budget) {
        return switch (sign) {
            case "<" -> of(new Interval(INFINITE.negate(), false, bound, false));
            case "≤" -> of(new Interval(INFINITE.negate(), false, bound, true));
            case ">" -> of(new Interval(bound, false, INFINITE, false));
            case "≥" -> of(new Interval(bound, true, INFINITE, false));
            case "≠" -> ALL.combine(Operation.DIFFERENCE, point(bound), budget);
            case "=" -> point(bound);
            default -> null;
        };
    }

    boolean isEmpty() {
        return pieces.isEmpty();
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

    RealSet combine(Operation operation, RealSet other, Budget budget) {
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

    RealSet complement() {
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

    static RealSet normalized(List<Interval> pieces) {
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
