package dev.tempo.verification.value;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Postorder;
import dev.tempo.verification.expression.Rational;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of an expression at a seeded point, to many digits. Symbols are rationals between 1/2 and 3, negative ones
 * included at odd points. What is no elementary function gets a pseudo-random value that depends on its modular
 * residue, so equal sub-expressions stay equal.
 */
public final class RealEvaluation {
    /** The failure at a point outside the reals' domain of a root, power or logarithm, or on a pole. */
    public static final class OutsideDomain extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OutsideDomain(String reason) {
            super(reason, null, false, false);
        }
    }

    private final Postorder order;
    private final List<@Nullable Rational> exact;
    private final ElementaryFunctions functions;
    private final Decimals in;
    private final Budget budget;
    private final int point;
    private final List<ErrorBound> bounds = new ArrayList<>();

    public RealEvaluation(
            Postorder order, List<@Nullable Rational> exact, Budget budget, int digits, int point, boolean complex) {
        this.order = order;
        this.exact = exact;
        this.budget = budget;
        this.point = point;
        this.in = Decimals.to(digits);
        this.functions = new ElementaryFunctions(in, budget, complex);
    }

    public static boolean isConstant(Postorder order) {
        return !order.anyMatch(node -> node instanceof Symbol symbol && !isConstant(symbol.name()));
    }

    public static boolean isConstant(String name) {
        return name.equals("pi") || name.equals("e") || name.equals("i") || name.equals("infinity");
    }

    /** Size and error of the root's value. */
    public ErrorBound bound() {
        return bounds.get(order.root());
    }

    public Complex value() {
        List<Complex> values = new ArrayList<>();
        int precision = in.precision.getPrecision();
        for (int position = 0; position < order.size(); position++) {
            budget.charge(4);
            Rational known = exact.get(position);
            Node node = order.node(position);
            Complex value = known != null
                    ? Complex.of(known.round(in.precision))
                    : functions.bounded(value(node, position, values));
            int[] below = order.children(position);
            boolean derived = known == null && value != Complex.HUGE && node instanceof Apply;
            bounds.add(
                    derived
                            ? ErrorBound.after(
                                    (Apply) node,
                                    value,
                                    bounds.get(below[0]),
                                    bounds.get(below[below.length - 1]),
                                    precision)
                            : ErrorBound.rounded(value, precision));
            values.add(value);
        }
        return values.get(order.root());
    }

    private Complex value(Node node, int position, List<Complex> values) {
        if (node instanceof Symbol symbol) {
            return symbol(symbol.name());
        }
        int[] below = order.children(position);
        if (node instanceof Apply apply) {
            Complex first = values.get(below[0]);
            Complex last = values.get(below[below.length - 1]);
            Complex value = switch (apply.operation()) {
                case ADD -> functions.add(first, last);
                case MULTIPLY -> functions.multiply(first, last);
                case DIVIDE -> functions.divide(first, last);
                case RATIO -> below.length == 2 ? functions.divide(first, last) : null;
                case NEGATE -> first == Complex.HUGE ? first : first.negate();
                case POWER -> functions.power(first, last, exact.get(below[1]));
                case ROOT -> functions.root(first, last, exact.get(below[1]));
                case ABSOLUTE -> first == Complex.HUGE ? first : Complex.of(first.magnitude(in));
                case FACTORIAL -> functions.factorial(first);
                case CALL ->
                    functions.call(
                            apply.name(),
                            Arrays.stream(below).mapToObj(values::get).toList());
                default -> null;
            };
            if (value != null) {
                return value;
            }
        }
        return opaque(position);
    }

    private Complex symbol(String name) {
        return switch (name) {
            case "pi" -> Complex.of(in.pi);
            case "e" -> Complex.of(in.e);
            case "i" -> Complex.I;
            case "infinity" -> throw new OutsideDomain("infinity");
            default -> {
                long hash = Hash.of(name, point);
                BigDecimal size = BigDecimal.valueOf(500 + hash % 2_503).divide(BigDecimal.valueOf(1_000));
                boolean negative = point % 2 == 1 && (hash >> 40) % 4 != 0;
                yield Complex.of(negative ? size.negate() : size);
            }
        };
    }

    private Complex opaque(int position) {
        Postorder part = Postorder.of(order.node(position), budget);
        ModularEvaluation residues = new ModularEvaluation(part, ExactEvaluation.of(part, budget), budget);
        long seed = Hash.of("opaque", residues.at(0, point), residues.at(1, point));
        return Complex.of(BigDecimal.valueOf(500 + seed % 1_000_003).divide(BigDecimal.valueOf(1_000_000)));
    }
}
