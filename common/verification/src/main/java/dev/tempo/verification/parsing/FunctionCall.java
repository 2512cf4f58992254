package dev.tempo.verification.parsing;

import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Node.Sequence;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Rational;
import dev.tempo.verification.expression.Unparsable;
import java.util.List;
import java.util.Set;

/** The call of a named function with its subscript (base of a logarithm) and exponent ({@code \sin^2 x}). */
public final class FunctionCall {
    /** The node in place of a script that was not written. */
    public static final Node NONE = new Symbol("");

    private static final Set<String> SEVERAL =
            Set.of("max", "min", "gcd", "lcm", "binom", "mod", "inf", "sup", "log", "det", "deg", "dim", "arg");

    private FunctionCall() {}

    static Node of(String name, Node subscript, Node exponent, Node argument) {
        List<Node> written = argument instanceof Sequence sequence ? sequence.items() : List.of(argument);
        List<Node> arguments = SEVERAL.contains(name) ? written : List.of(Thousands.joined(written, argument));
        if (arguments.isEmpty()) {
            throw new Unparsable("the function " + name + " without argument");
        }
        if (isMinusOne(exponent) && (name.equals("sin") || name.equals("cos") || name.equals("tan"))) {
            return new Apply(Operation.CALL, "arc" + name, arguments);
        }
        if (isMinusOne(exponent) && (name.equals("sinh") || name.equals("cosh") || name.equals("tanh"))) {
            return new Apply(Operation.CALL, "ar" + name, arguments);
        }
        Node call = plain(name, subscript, arguments);
        return exponent == NONE ? call : new Apply(Operation.POWER, call, exponent);
    }

    private static Node plain(String name, Node subscript, List<Node> arguments) {
        Node first = arguments.get(0);
        switch (name) {
            case "exp":
                return new Apply(Operation.POWER, new Symbol("e"), first);
            case "abs":
                return new Apply(Operation.ABSOLUTE, first);
            case "cbrt":
                return new Apply(Operation.ROOT, first, Numeral.of(3));
            case "factorial":
                return new Apply(Operation.FACTORIAL, first);
            case "log", "lg":
                if (subscript != NONE) {
                    return new Apply(Operation.DIVIDE, logarithm(arguments), logarithm(List.of(subscript)));
                }
                return arguments.size() == 1 && name.equals("lg")
                        ? new Apply(Operation.DIVIDE, logarithm(arguments), logarithm(List.of(Numeral.of(10))))
                        : new Apply(Operation.CALL, "log", arguments);
            case "asin", "acos", "atan":
                return new Apply(Operation.CALL, "arc" + name.substring(1), arguments);
            default:
                return subscript == NONE
                        ? new Apply(Operation.CALL, name, arguments)
                        : new Apply(Operation.INDEXED, new Apply(Operation.CALL, name, arguments), subscript);
        }
    }

    private static Node logarithm(List<Node> arguments) {
        return new Apply(Operation.CALL, "ln", arguments);
    }

    private static boolean isMinusOne(Node exponent) {
        return exponent instanceof Apply negation
                && negation.operation() == Operation.NEGATE
                && negation.operands().get(0) instanceof Numeral numeral
                && numeral.value().equals(Rational.ONE);
    }
}
