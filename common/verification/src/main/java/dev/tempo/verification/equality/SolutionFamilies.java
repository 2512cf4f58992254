package dev.tempo.verification.equality;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Node.Relation;
import dev.tempo.verification.expression.Node.Sequence;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Postorder;
import dev.tempo.verification.expression.Undecidable;
import dev.tempo.verification.form.PlusMinus;
import dev.tempo.verification.form.Residues;
import dev.tempo.verification.form.Simplification;
import dev.tempo.verification.value.Complex;
import dev.tempo.verification.value.ErrorBound;
import dev.tempo.verification.value.ExactEvaluation;
import dev.tempo.verification.value.RealEvaluation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Families of solutions numbered by an integer, {@code x = \frac{\pi}{4} + k\pi, k \in \mathbb{Z}}: as many arithmetic
 * progressions, which are compared as sets, whatever the number is called, where it starts and which way it runs.
 */
final class SolutionFamilies {
    private static final Set<String> INTEGERS = Set.of("mathbbZ", "Z", "ℤ");
    private static final Set<String> RANGES =
            Set.of("mathbbZ", "Z", "ℤ", "mathbbN", "N", "ℕ", "N_+", "Z_+", "mathbbN_+", "mathbbZ_+");
    private static final MathContext DIGITS = new MathContext(45);
    private static final BigDecimal NEAR = new BigDecimal("1e-30");
    private static final int MAX_MEMBERS = 400;
    private static final int MAX_RATIO = 60;

    /**
     * A family: the members that depend on a parameter, the name of the unknown, and the numbers over which the
     * parameter runs.
     */
    private record Family(List<Node> members, @Nullable String name, String parameter, String range) {}

    /** An arithmetic progression: first + step·k for all integers k. */
    private record Progression(BigDecimal first, BigDecimal step) {}

    private static final Symbol CLASS_PARAMETER = new Symbol("#class");

    private final Budget budget;
    private final AnswerEquality answers;

    SolutionFamilies(AnswerEquality answers, Budget budget) {
        this.answers = answers;
        this.budget = budget;
    }

    /** Whether two families have the same members; null where none of the answers says that it is one. */
    @Nullable
    Boolean same(Node gold, Node prediction) {
        Family left = stated(gold);
        Family right = stated(prediction);
        if (left == null && right == null) {
            return null;
        }
        left = left == null && right != null ? unstated(gold, right) : left;
        right = right == null && left != null ? unstated(prediction, left) : right;
        if (left == null || right == null || left.name != null && right.name != null && !left.name.equals(right.name)) {
            return false;
        }
        boolean integers = INTEGERS.contains(left.range) && INTEGERS.contains(right.range);
        List<Progression> one = integers ? progressions(left) : null;
        List<Progression> other = one == null ? null : progressions(right);
        if (one != null && other != null) {
            return samePoints(one, other);
        }
        boolean range = left.range.equals(right.range) || integers;
        return range && answers.equal(bare(left.members), bare(renamed(right, left.parameter)));
    }

    private static Node bare(List<Node> members) {
        return members.size() == 1 ? members.get(0) : new Sequence("", "", members);
    }

    private List<Node> renamed(Family family, String parameter) {
        return family.members.stream()
                .map(member -> Simplification.replace(member, family.parameter, new Symbol(parameter), budget))
                .toList();
    }

    /** The family that an answer with a range for one parameter is, else null. */
    private @Nullable Family stated(Node node) {
        if (node instanceof Relation relation && Residues.isOfUnknown(relation)) {
            Node member = new Apply(
                    Operation.ADD,
                    relation.last().children().get(0),
                    new Apply(Operation.MULTIPLY, relation.last().children().get(1), CLASS_PARAMETER));
            return family(
                    List.of(new Relation(List.of(relation.sides().get(0), member), List.of("="))),
                    CLASS_PARAMETER.name(),
                    "Z");
        }
        List<Node> items = items(node, 0);
        String parameter = null;
        String range = "";
        List<Node> rest = new ArrayList<>();
        for (Node item : items) {
            if (item instanceof Relation relation
                    && relation.signs().equals(List.of("∈"))
                    && relation.sides().get(0) instanceof Symbol number
                    && relation.last() instanceof Symbol set
                    && RANGES.contains(set.name())) {
                if (parameter != null && !parameter.equals(number.name())) {
                    return null;
                }
                parameter = number.name();
                range = set.name();
            } else {
                rest.add(item);
            }
        }
        return parameter == null || rest.isEmpty() ? null : family(rest, parameter, range);
    }

    /** The same answer without a range, where it depends on the parameter that the other one has. */
    private @Nullable Family unstated(Node node, Family other) {
        return Simplification.mentions(node, other.parameter, budget)
                ? family(items(node, 0), other.parameter, other.range)
                : null;
    }

    private static List<Node> items(Node node, int depth) {
        Node inner = node instanceof Relation relation
                        && relation.signs().equals(List.of("∈"))
                        && relation.last() instanceof Sequence set
                        && set.isSet()
                ? set
                : node;
        List<Node> items = new ArrayList<>();
        boolean list = inner instanceof Sequence sequence && (sequence.isBare() || sequence.isSet());
        if (!list || depth > 4) {
            return List.of(inner);
        }
        inner.children().forEach(child -> items.addAll(items(child, depth + 1)));
        return items;
    }

    private @Nullable Family family(List<Node> items, String parameter, String range) {
        List<Node> members = new ArrayList<>();
        String name = null;
        for (Node item : items) {
            Node value = item;
            if (item instanceof Relation relation) {
                boolean named = relation.signs().equals(List.of("="))
                        || relation.signs().equals(List.of("∈"));
                if (!named || !(relation.sides().get(0) instanceof Symbol symbol)) {
                    return null;
                }
                name = symbol.name();
                value = relation.last();
            }
            members.addAll(PlusMinus.expand(value, budget));
        }
        return new Family(List.copyOf(members), name, parameter, range);
    }

    /**
     * The progressions of a family; null where a member is linear neither in the parameter nor in every second value of
     * it.
     */
    private @Nullable List<Progression> progressions(Family family) {
        List<Progression> progressions = new ArrayList<>();
        for (Node member : family.members) {
            List<BigDecimal> values = new ArrayList<>();
            for (int number = -2; number <= 6; number++) {
                BigDecimal value = value(Simplification.replace(member, family.parameter, Numeral.of(number), budget));
                if (value == null) {
                    return null;
                }
                values.add(value);
            }
            int stride = isLinear(values, 1) ? 1 : isLinear(values, 2) ? 2 : 0;
            if (stride == 0) {
                return null;
            }
            for (int start = 0; start < stride; start++) {
                progressions.add(new Progression(
                        values.get(start),
                        values.get(start + stride).subtract(values.get(start)).abs()));
            }
        }
        return progressions.stream().anyMatch(progression -> isNear(progression.step)) ? null : progressions;
    }

    private static boolean isLinear(List<BigDecimal> values, int stride) {
        for (int at = 0; at + 2 * stride < values.size(); at++) {
            BigDecimal step = values.get(at + stride).subtract(values.get(at));
            BigDecimal next = values.get(at + 2 * stride).subtract(values.get(at + stride));
            if (!isNear(next.subtract(step))) {
                return false;
            }
        }
        return true;
    }

    private @Nullable BigDecimal value(Node written) {
        Node node = Simplification.inRadians(Simplification.of(written, budget), budget);
        Postorder order = Postorder.of(node, budget);
        if (!RealEvaluation.isConstant(order)
                || order.anyMatch(
                        part -> !(part instanceof Apply || part instanceof Numeral || part instanceof Symbol))) {
            return null;
        }
        try {
            Complex value = new RealEvaluation(order, ExactEvaluation.of(order, budget), budget, 50, 0, true).value();
            return value == Complex.HUGE || !value.isReal() || ErrorBound.size(value.real()) > 6 ? null : value.real();
        } catch (RealEvaluation.OutsideDomain undefined) {
            return null;
        }
    }

    private static boolean isNear(BigDecimal difference) {
        return difference.abs().compareTo(NEAR) < 0;
    }

    /** Within the first common multiple of all steps, both have the same members. */
    private boolean samePoints(List<Progression> one, List<Progression> other) {
        BigDecimal unit = one.get(0).step;
        List<Progression> all = new ArrayList<>(one);
        all.addAll(other);
        long multiple = 1;
        for (Progression progression : all) {
            int over = numerator(progression.step.divide(unit, DIGITS));
            if (over == 0) {
                return false;
            }
            multiple = multiple / gcd(multiple, over) * over;
            if (multiple > MAX_MEMBERS) {
                throw new Undecidable("solutions with periods that meet too seldom");
            }
        }
        BigDecimal period = unit.multiply(BigDecimal.valueOf(multiple));
        List<BigDecimal> left = members(one, period);
        List<BigDecimal> right = members(other, period);
        return contains(left, right, period) && contains(right, left, period);
    }

    /** The numerator of a quotient of small whole numbers; 0 where it is none. */
    private static int numerator(BigDecimal quotient) {
        for (int under = 1; under <= MAX_RATIO; under++) {
            BigDecimal product = quotient.multiply(BigDecimal.valueOf(under));
            BigDecimal whole = product.setScale(0, RoundingMode.HALF_EVEN);
            if (isNear(product.subtract(whole)) && whole.compareTo(BigDecimal.valueOf(MAX_MEMBERS)) <= 0) {
                return whole.intValue();
            }
        }
        return 0;
    }

    private static long gcd(long one, long other) {
        return other == 0 ? one : gcd(other, one % other);
    }

    private List<BigDecimal> members(List<Progression> progressions, BigDecimal period) {
        List<BigDecimal> members = new ArrayList<>();
        for (Progression progression : progressions) {
            int count = period.divide(progression.step, DIGITS)
                    .setScale(0, RoundingMode.HALF_EVEN)
                    .intValue();
            budget.charge(count);
            for (int member = 0; member < count; member++) {
                members.add(progression.first.add(progression.step.multiply(BigDecimal.valueOf(member))));
            }
        }
        return members;
    }

    private boolean contains(List<BigDecimal> whole, List<BigDecimal> part, BigDecimal period) {
        budget.charge((long) whole.size() * part.size());
        for (BigDecimal member : part) {
            boolean found = false;
            for (int at = 0; at < whole.size() && !found; at++) {
                BigDecimal turns = whole.get(at).subtract(member).divide(period, DIGITS);
                found = isNear(turns.subtract(turns.setScale(0, RoundingMode.HALF_EVEN)));
            }
            if (!found) {
                return false;
            }
        }
        return true;
    }
}
