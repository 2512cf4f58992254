package dev.tempo.verification.form;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Matrix;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Node.Relation;
import dev.tempo.verification.expression.Node.Sequence;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Node.Word;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Postorder;
import dev.tempo.verification.expression.Rational;
import dev.tempo.verification.value.ExactEvaluation;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * The simplification of a parsed answer into the form that is compared: signs and powers of ten folded, bound names
 * neutral.
 */
public final class Simplification {
    private static final Set<String> CIRCULAR = Set.of("sin", "cos", "tan", "cot", "sec", "csc");
    private static final int MAX_TERMS = 200;

    private Simplification() {}

    public static Node of(Node node, Budget budget) {
        return Postorder.rewrite(node, budget, part -> {
            if (part instanceof Word word) {
                return product(word);
            }
            if (part instanceof Symbol symbol && symbol.name().startsWith("#")) {
                return new Symbol(symbol.name().substring(1));
            }
            if (part instanceof Sequence sequence) {
                return Residues.distributed(sequence);
            }
            return part instanceof Apply apply ? apply(apply, budget) : part;
        });
    }

    /** Two letters that are no quoted word are two variables. */
    private static Node product(Word word) {
        String text = word.text();
        if (word.quoted() || text.length() > 3 || !areVariables(text)) {
            return new Symbol(text);
        }
        Node product = new Symbol(text.substring(0, 1));
        for (int letter = 1; letter < text.length(); letter++) {
            product = new Apply(Operation.MULTIPLY, product, new Symbol(text.substring(letter, letter + 1)));
        }
        return product;
    }

    public static boolean areVariables(String text) {
        return text.chars().allMatch(letter -> letter >= 'a' && letter <= 'z');
    }

    private static final Set<Operation> ARITHMETIC = Set.of(
            Operation.ADD,
            Operation.MULTIPLY,
            Operation.DIVIDE,
            Operation.POWER,
            Operation.NEGATE,
            Operation.ROOT,
            Operation.FACTORIAL,
            Operation.BIG);

    /** Braces around one number in a product or power group it; a set there would mean nothing. */
    private static Apply ungrouped(Apply apply) {
        boolean grouped = ARITHMETIC.contains(apply.operation())
                && apply.operands().stream().anyMatch(Simplification::isSingleton);
        return grouped
                ? new Apply(
                        apply.operation(),
                        apply.name(),
                        apply.operands().stream()
                                .map(operand -> isSingleton(operand)
                                        ? operand.children().get(0)
                                        : operand)
                                .toList())
                : apply;
    }

    private static boolean isSingleton(Node node) {
        return node instanceof Sequence sequence
                && sequence.isSet()
                && sequence.items().size() == 1;
    }

    private static Node apply(Apply written, Budget budget) {
        Apply apply = ungrouped(written);
        List<Node> operands = apply.operands();
        switch (apply.operation()) {
            case NEGATE:
                return operands.get(0) instanceof Numeral numeral
                        ? new Numeral(numeral.value().negate(), numeral.significant(), numeral.decimals())
                        : MatrixArithmetic.of(apply);
            case MULTIPLY:
                Node folded = scientific(apply);
                return folded == apply ? MatrixArithmetic.of(apply) : folded;
            case ADD, DIVIDE, POWER:
                return MatrixArithmetic.of(apply);
            case ABSOLUTE:
                return determinant(apply, budget);
            case CALL:
                if (apply.name().equals("det")) {
                    return determinant(apply, budget);
                }
                return CIRCULAR.contains(apply.name())
                        ? new Apply(
                                Operation.CALL,
                                apply.name(),
                                operands.stream()
                                        .map(operand -> inRadians(operand, budget))
                                        .toList())
                        : apply;
            case RATIO:
                return withoutSeconds(apply);
            case BIG:
                return apply.name().equals("int") ? Integrals.of(apply, budget) : series(apply, budget);
            default:
                return apply;
        }
    }

    private static Node determinant(Apply apply, Budget budget) {
        Node written = apply.operands().get(0) instanceof Matrix matrix ? Determinants.of(matrix, budget) : null;
        return written == null ? apply : written;
    }

    public static Node inRadians(Node angle, Budget budget) {
        return Postorder.rewrite(
                angle,
                budget,
                part -> part instanceof Apply apply && apply.operation() == Operation.DEGREE
                        ? new Apply(
                                Operation.DIVIDE,
                                new Apply(Operation.MULTIPLY, apply.operands().get(0), new Symbol("pi")),
                                Numeral.of(180))
                        : part);
    }

    /** No part of a ratio is 0, so 20:34:00 is a time of day, which says no more than 20:34. */
    private static Node withoutSeconds(Apply ratio) {
        List<Node> parts = ratio.operands();
        boolean clock = parts.size() == 3
                && parts.get(2) instanceof Numeral seconds
                && seconds.value().signum() == 0;
        return clock ? new Apply(Operation.RATIO, "", List.copyOf(parts.subList(0, 2))) : ratio;
    }

    /** 2.31 x 10^-3 is one literal, which keeps its count of significant digits. */
    private static Node scientific(Apply product) {
        if (product.operands().get(0) instanceof Numeral digits
                && digits.significant() > 0
                && product.operands().get(1) instanceof Apply power
                && power.operation() == Operation.POWER
                && power.operands().get(0) instanceof Numeral ten
                && ten.value().equals(Rational.of(10))
                && power.operands().get(1) instanceof Numeral exponent
                && exponent.value().isInteger()
                && exponent.value().bits() < 12) {
            int shift = exponent.value().numerator().intValue();
            return new Numeral(
                    digits.value().times(Rational.of(BigDecimal.ONE.scaleByPowerOfTen(shift))),
                    digits.significant(),
                    digits.decimals() - shift);
        }
        return product;
    }

    /** A sum or product over a short range of integers is written out; otherwise its variable loses its name. */
    private static Node series(Apply big, Budget budget) {
        if (!(big.operands().get(0) instanceof Relation range)
                || !(range.sides().get(0) instanceof Symbol variable)
                || range.sides().size() != 2) {
            return big;
        }
        Node body = big.operands().get(2);
        if (big.name().equals("lim") && !mentions(body, variable.name(), budget)) {
            return body;
        }
        Rational from = ExactEvaluation.valueOf(range.last(), budget);
        Rational to = ExactEvaluation.valueOf(big.operands().get(1), budget);
        if (from == null || to == null || !isShort(big.name(), from, to)) {
            Node neutral = new Symbol("#" + (1 + depth(body, budget)));
            return new Apply(
                    Operation.BIG,
                    big.name(),
                    List.of(
                            new Relation(List.of(neutral, range.last()), range.signs()),
                            big.operands().get(1),
                            replace(body, variable.name(), neutral, budget)));
        }
        Node total = Numeral.of(big.name().equals("sum") ? 0 : 1);
        Operation operation = big.name().equals("sum") ? Operation.ADD : Operation.MULTIPLY;
        for (Rational k = from; k.compareTo(to) <= 0; k = k.plus(Rational.ONE)) {
            total = new Apply(operation, total, replace(body, variable.name(), new Numeral(k, 0, 0), budget));
        }
        return total;
    }

    public static boolean mentions(Node node, String name, Budget budget) {
        return Postorder.of(node, budget)
                .anyMatch(part -> part instanceof Symbol symbol && symbol.name().equals(name));
    }

    private static boolean isShort(String name, Rational from, Rational to) {
        Rational terms = to.minus(from);
        return (name.equals("sum") || name.equals("prod"))
                && from.isInteger()
                && to.isInteger()
                && terms.signum() >= 0
                && terms.compareTo(Rational.of(MAX_TERMS)) <= 0;
    }

    private static int depth(Node body, Budget budget) {
        return (int) Postorder.of(body, budget).nodes().stream()
                .filter(node -> node instanceof Apply apply && apply.operation() == Operation.BIG)
                .count();
    }

    public static Node replace(Node node, String name, Node value, Budget budget) {
        return Postorder.rewrite(
                node,
                budget,
                part -> part instanceof Symbol symbol && symbol.name().equals(name) ? value : part);
    }
}
