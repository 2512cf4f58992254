package dev.tempo.verification.parsing;

import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Numeral;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.parsing.Frame.Type;
import org.jspecify.annotations.Nullable;

/** A whole number beside a proper fraction is their sum: {@code 3\frac12}, {@code 1 1/2}. */
final class MixedNumber {
    private MixedNumber() {}

    static @Nullable Numeral of(Numeral whole, Numeral numerator, Numeral denominator) {
        boolean mixed = whole.isInteger()
                && whole.value().signum() >= 0
                && numerator.isInteger()
                && denominator.isInteger()
                && numerator.value().signum() >= 0
                && numerator.value().compareTo(denominator.value()) < 0;
        return mixed ? new Numeral(whole.value().plus(numerator.value().dividedBy(denominator.value())), 0, 0) : null;
    }

    /** Joins a fraction with the whole number before it, if that is what the frame holds. */
    static boolean join(Frame frame, Node fraction) {
        boolean list = frame.type == Type.ROOT || frame.type == Type.GROUP || frame.type == Type.CELLS;
        Operator operator = frame.operator();
        if (list
                && !frame.expecting
                && frame.literal
                && (operator == null || !operator.is(Operation.POWER))
                && frame.operand() instanceof Numeral whole
                && fraction instanceof Apply division
                && division.operation() == Operation.DIVIDE
                && division.operands().get(0) instanceof Numeral numerator
                && division.operands().get(1) instanceof Numeral denominator) {
            Numeral mixed = of(whole, numerator, denominator);
            if (mixed != null) {
                frame.takeOperand();
                frame.putOperand(mixed);
                frame.adjacent = false;
                return true;
            }
        }
        return false;
    }
}
