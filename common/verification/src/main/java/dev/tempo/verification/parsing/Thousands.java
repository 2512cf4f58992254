package dev.tempo.verification.parsing;

import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Rational;
import java.util.List;

/**
 * Commas between thousands: where only one number can stand, a comma before three digits separates thousands, as in
 * {@code \\lfloor 1,234.5 \\rfloor}.
 */
final class Thousands {
    private static final Rational THOUSAND = Rational.of(1_000);
    private static final Rational HUNDRED = Rational.of(100);

    private Thousands() {}

    /** The one number that the items are groups of digits of, or else what is given for that case. */
    static Node joined(List<Node> items, Node otherwise) {
        if (items.size() < 2 || items.size() > 8) {
            return items.size() == 1 ? items.get(0) : otherwise;
        }
        Rational value = Rational.of(0);
        Numeral last = Numeral.of(0);
        for (int item = 0; item < items.size(); item++) {
            if (!(items.get(item) instanceof Numeral group)
                    || group.value().compareTo(THOUSAND) >= 0
                    || group.value().signum() <= 0
                    || item > 0 && group.value().compareTo(HUNDRED) < 0
                    || item < items.size() - 1 && !group.isInteger()) {
                return otherwise;
            }
            value = value.times(THOUSAND).plus(group.value());
            last = group;
        }
        return new Numeral(value, last.significant() == 0 ? 0 : last.significant() + 3, last.decimals());
    }
}
