package dev.tempo.verification.form;

import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Rational;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Combinations and arrangements as schools write them: {@code C_n^k} or {@code C(n, k)}, {@code A_n^k} or {@code P_n^k}.
 * The same signs are powers of numbered constants, so this is a second reading ({@link Convention}).
 */
final class Selections {
    private static final Set<String> LETTERS = Set.of("C", "A", "P");
    private static final int MAX_CHOSEN = 400;

    private Selections() {}

    /** The expression that the notation stands for; null where the node is none. */
    static @Nullable Node meaning(Node node) {
        if (!(node instanceof Apply apply) || apply.operands().size() != 2) {
            return null;
        }
        Node first = apply.operands().get(0);
        Node last = apply.operands().get(1);
        if (apply.operation() == Operation.CALL && LETTERS.contains(apply.name())) {
            return first instanceof Numeral && last instanceof Numeral ? written(apply.name(), first, last) : null;
        }
        if (apply.operation() != Operation.POWER) {
            return null;
        }
        if (first instanceof Symbol symbol
                && symbol.name().length() > 2
                && symbol.name().charAt(1) == '_'
                && LETTERS.contains(symbol.name().substring(0, 1))) {
            Node from = number(symbol.name().substring(2));
            return from == null ? null : written(symbol.name().substring(0, 1), from, last);
        }
        return first instanceof Apply indexed
                        && indexed.operation() == Operation.INDEXED
                        && indexed.operands().size() == 2
                        && indexed.operands().get(0) instanceof Symbol letter
                        && LETTERS.contains(letter.name())
                ? written(letter.name(), indexed.operands().get(1), last)
                : null;
    }

    private static @Nullable Node number(String index) {
        if (index.length() <= 4 && index.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            return Numeral.of(Integer.parseInt(index));
        }
        return index.length() == 1 && Character.isLowerCase(index.charAt(0)) ? new Symbol(index) : null;
    }

    private static @Nullable Node written(String letter, Node from, Node chosen) {
        if (chosen instanceof Numeral count
                && (!count.isInteger()
                        || count.value().signum() < 0
                        || count.value().compareTo(Rational.of(MAX_CHOSEN)) > 0)) {
            return null;
        }
        // C_1^2 is the square of a constant: nobody chooses two of one.
        if (from instanceof Numeral all
                && chosen instanceof Numeral count
                && count.value().compareTo(all.value()) > 0) {
            return null;
        }
        Node rest = new Apply(Operation.ADD, from, new Apply(Operation.NEGATE, chosen));
        return letter.equals("C")
                ? new Apply(Operation.CALL, "binom", List.of(from, chosen))
                : new Apply(
                        Operation.DIVIDE, new Apply(Operation.FACTORIAL, from), new Apply(Operation.FACTORIAL, rest));
    }
}
