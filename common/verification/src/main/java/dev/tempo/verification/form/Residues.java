package dev.tempo.verification.form;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Relation;
import dev.tempo.verification.expression.Node.Sequence;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Rational;
import dev.tempo.verification.value.ExactEvaluation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Congruence classes: {@code 6 \pmod 5} is {@code 1 \pmod 5}. */
public final class Residues {
    /** The name of the call that the parser makes of a number and its modulus. */
    public static final String CLASS = "residue";

    private Residues() {}

    public static boolean isClass(Node node) {
        return node instanceof Apply apply
                && apply.operation() == Operation.CALL
                && apply.name().equals(CLASS)
                && apply.operands().size() == 2;
    }

    private static Node modulus(Node residue) {
        return residue.children().get(1);
    }

    /** Whether two classes are the same; null where one is none, or where numbers do not tell. */
    public static @Nullable Boolean same(Node one, Node other, Budget budget) {
        if (!isClass(one) || !isClass(other)) {
            return null;
        }
        Rational modulus = ExactEvaluation.valueOf(modulus(one), budget);
        Rational second = ExactEvaluation.valueOf(modulus(other), budget);
        Rational left = ExactEvaluation.valueOf(one.children().get(0), budget);
        Rational right = ExactEvaluation.valueOf(other.children().get(0), budget);
        if (modulus == null || second == null || left == null || right == null || modulus.signum() == 0) {
            return null;
        }
        return modulus.equals(second) && left.minus(right).dividedBy(modulus).isInteger();
    }

    /** Whether a relation says of an unknown only which class it is in. */
    public static boolean isOfUnknown(Relation relation) {
        return isClass(relation.last()) && relation.sides().get(0) instanceof Symbol;
    }

    /** The list with its modulus at every number: both of {@code x \equiv 1, 5 \pmod 6} are meant modulo 6. */
    static Sequence distributed(Sequence list) {
        List<Node> items = list.items();
        Node last = items.isEmpty() ? list : items.get(items.size() - 1);
        if (!list.isBare() || items.size() < 2 || !isClass(last)) {
            return list;
        }
        List<Node> classes = new ArrayList<>();
        for (Node item : items) {
            if (item instanceof Relation relation && relation.sides().size() == 2 && !isClass(relation.last())) {
                classes.add(
                        new Relation(List.of(relation.sides().get(0), of(relation.last(), last)), relation.signs()));
            } else {
                classes.add(isClass(item) || item instanceof Relation ? item : of(item, last));
            }
        }
        return new Sequence(list.open(), list.close(), List.copyOf(classes));
    }

    private static Node of(Node value, Node residue) {
        return new Apply(Operation.CALL, CLASS, List.of(value, modulus(residue)));
    }
}
