package dev.tempo.verification.form;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.parsing.FunctionCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one form of integrals: bounds, integrand without its differential, and the variable. Integrals are not worked
 * out, only recognised as the same.
 */
final class Integrals {
    private static final Symbol NEUTRAL = new Symbol("#x");

    private Integrals() {}

    /** An integrand, the variable of integration, and the terms that stand behind the differential. */
    private record Parts(
            Node integrand,
            @Nullable Symbol variable,
            @Nullable Node rest) {}

    static Node of(Apply integral, Budget budget) {
        Node lower = integral.operands().get(0);
        Node upper = integral.operands().get(1);
        Parts parts = parts(integral.operands().get(2));
        Symbol variable = parts.variable();
        if (variable == null) {
            return integral;
        }
        boolean definite = lower != FunctionCall.NONE || upper != FunctionCall.NONE;
        Node body = definite
                ? Simplification.replace(parts.integrand(), variable.name(), NEUTRAL, budget)
                : parts.integrand();
        Node whole = new Apply(Operation.BIG, "int", List.of(lower, upper, body, definite ? NEUTRAL : variable));
        return parts.rest() == null ? whole : new Apply(Operation.ADD, whole, parts.rest());
    }

    private static Parts parts(Node body) {
        if (body instanceof Apply sum && sum.operation() == Operation.ADD) {
            Node left = sum.operands().get(0);
            Node right = sum.operands().get(1);
            boolean negative = right instanceof Apply sign && sign.operation() == Operation.NEGATE;
            Parts last = parts(negative ? right.children().get(0) : right);
            if (last.variable() != null) {
                Node term = negative ? new Apply(Operation.NEGATE, last.integrand()) : last.integrand();
                return new Parts(new Apply(Operation.ADD, left, term), last.variable(), last.rest());
            }
            Parts first = parts(left);
            return first.variable() == null
                    ? first
                    : new Parts(
                            first.integrand(),
                            first.variable(),
                            first.rest() == null ? right : new Apply(Operation.ADD, first.rest(), right));
        }
        if (body instanceof Apply quotient && quotient.operation() == Operation.DIVIDE) {
            Parts top = parts(quotient.operands().get(0));
            return new Parts(
                    new Apply(
                            Operation.DIVIDE,
                            top.integrand(),
                            quotient.operands().get(1)),
                    top.variable(),
                    null);
        }
        if (body instanceof Apply product && product.operation() == Operation.MULTIPLY) {
            Node left = product.operands().get(0);
            Node right = product.operands().get(1);
            if (right instanceof Symbol variable && isDifferential(left)) {
                return new Parts(Numeral.of(1), variable, null);
            }
            if (right instanceof Symbol variable
                    && left instanceof Apply inner
                    && inner.operation() == Operation.MULTIPLY
                    && isDifferential(inner.operands().get(1))) {
                return new Parts(inner.operands().get(0), variable, null);
            }
            Parts last = parts(right);
            return last.variable() == null
                    ? last
                    : new Parts(new Apply(Operation.MULTIPLY, left, last.integrand()), last.variable(), null);
        }
        return new Parts(body, null, null);
    }

    private static boolean isDifferential(Node node) {
        return node instanceof Symbol symbol && symbol.name().equals("d");
    }
}
