package dev.tempo.verification.parsing;

import dev.tempo.verification.expression.Budget;
import dev.tempo.verification.expression.Node;
import dev.tempo.verification.expression.Node.Apply;
import dev.tempo.verification.expression.Node.Symbol;
import dev.tempo.verification.expression.Operation;
import dev.tempo.verification.expression.Unparsable;
import dev.tempo.verification.parsing.MathToken.Kind;
import java.util.List;
import java.util.function.IntConsumer;

/** A parser of what follows an underscore: part of a name, the base of a number, or an index that is an expression. */
final class SubscriptParser {
    private final List<MathToken> tokens;
    private final int start;
    private final Budget budget;

    SubscriptParser(List<MathToken> tokens, int start, Budget budget) {
        this.budget = budget;
        this.tokens = tokens;
        this.start = start;
    }

    /** In {@code F_kF_n} the index is k, and a second F follows it. */
    private void splitBeforeSubscript() {
        MathToken run = tokens.get(start);
        boolean two = run.is(Kind.WORD) && !run.quoted() && run.text().length() == 2;
        if (two && start + 1 < tokens.size() && tokens.get(start + 1).is(Kind.SUBSCRIPT)) {
            tokens.set(start, new MathToken(Kind.SYMBOL, run.text().substring(0, 1), false, false));
            tokens.add(start + 1, new MathToken(Kind.SYMBOL, run.text().substring(1), false, false));
        }
    }

    void attach(Frame frame, IntConsumer position) {
        if (frame.expecting || start >= tokens.size()) {
            throw new Unparsable("a subscript without a name");
        }
        StringBuilder raw = new StringBuilder();
        boolean expression = false;
        int end = start;
        int depth = 0;
        splitBeforeSubscript();
        do {
            budget.charge(1);
            MathToken token = tokens.get(end++);
            if (token.is(Kind.OPEN)) {
                depth++;
            } else if (token.is(Kind.CLOSE)) {
                depth--;
            }
            expression |= token.is(Kind.INFIX, "+") || token.is(Kind.INFIX, "-") || token.is(Kind.INFIX, "*");
            if (!token.text().endsWith("g") || !token.is(Kind.OPEN) && !token.is(Kind.CLOSE)) {
                raw.append(token.text());
            }
        } while (depth > 0 && end < tokens.size());
        Operator operator = frame.operator();
        boolean underPower = operator != null && operator.is(Operation.POWER) && !operator.prefix();
        Node exponent = underPower ? frame.takeOperand() : FunctionCall.NONE;
        Node base = frame.takeOperand();
        if (expression && exponent == FunctionCall.NONE) {
            frame.putOperand(base);
            frame.infix(Operator.infix(Operation.INDEXED, Operator.INDEX));
            return;
        }
        Node value = Literals.inBase(base, raw.toString());
        if (value == null) {
            value = base instanceof Symbol symbol
                    ? new Symbol(symbol.name() + "_" + raw)
                    : new Apply(Operation.INDEXED, raw.toString(), List.of(base));
        }
        frame.putOperand(value);
        if (exponent != FunctionCall.NONE) {
            frame.putOperand(exponent);
        }
        position.accept(end);
    }
}
