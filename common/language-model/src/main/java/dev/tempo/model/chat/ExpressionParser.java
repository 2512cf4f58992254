package dev.tempo.model.chat;

import dev.tempo.model.chat.ExpressionTokens.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Jinja's expression grammar, by recursive descent in the order of its operators' precedence. */
final class ExpressionParser {
    private static final int DEEPEST = 100;
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final TokenCursor cursor;
    private final OperandParser operands;
    private int depth;

    private ExpressionParser(String source) {
        this.cursor = new TokenCursor(source);
        this.operands = new OperandParser(cursor, this);
    }

    /** @throws IllegalArgumentException saying what was expected where */
    static Expression parse(String source) {
        ExpressionParser parser = new ExpressionParser(source);
        Expression expression = parser.tuple();
        parser.cursor.requireEnd();
        return expression;
    }

    /**
     * What follows {@code in} of a for statement.
     *
     * @param condition what follows {@code if}; null if nothing does
     */
    record Filtered(Expression items, @Nullable Expression condition) {}

    /** @throws IllegalArgumentException saying what was expected where */
    static Filtered parseLoop(String source) {
        ExpressionParser parser = new ExpressionParser(source);
        Expression items = parser.or();
        Expression condition = parser.cursor.skipName("if") ? parser.expression() : null;
        parser.cursor.requireEnd();
        return new Filtered(items, condition);
    }

    private Expression tuple() {
        Expression first = expression();
        if (!cursor.isOperator(",")) {
            return first;
        }
        List<Expression> items = new ArrayList<>(List.of(first));
        while (cursor.skip(",") && !cursor.atEnd()) {
            items.add(expression());
        }
        return OperandParser.list(items);
    }

    Expression expression() {
        if (++depth > DEEPEST) {
            throw new IllegalArgumentException("an expression is nested deeper than " + DEEPEST);
        }
        Expression value = or();
        while (cursor.skipName("if")) {
            Expression then = value;
            Expression condition = or();
            Expression otherwise = cursor.skipName("else") ? expression() : scope -> null;
            value = scope -> Python.truth(condition.in(scope)) ? then.in(scope) : otherwise.in(scope);
        }
        depth--;
        return value;
    }

    private Expression or() {
        Expression value = and();
        while (cursor.skipName("or")) {
            Expression left = value;
            Expression right = and();
            value = scope -> {
                Object first = left.in(scope);
                return Python.truth(first) ? first : right.in(scope);
            };
        }
        return value;
    }

    private Expression and() {
        Expression value = not();
        while (cursor.skipName("and")) {
            Expression left = value;
            Expression right = not();
            value = scope -> {
                Object first = left.in(scope);
                return Python.truth(first) ? right.in(scope) : first;
            };
        }
        return value;
    }

    private Expression not() {
        int negations = 0;
        while (cursor.skipName("not")) {
            negations++;
        }
        Expression value = comparison();
        boolean wanted = negations % 2 == 0;
        return negations == 0 ? value : scope -> Python.truth(value.in(scope)) == wanted;
    }

    private Expression comparison() {
        Expression left = sum();
        Expression all = left;
        boolean first = true;
        while (true) {
            boolean negated = cursor.isName("not") && cursor.next().text().equals("in");
            if (negated) {
                cursor.consume();
            }
            String operator = cursor.token().text();
            if (!(cursor.isName("in") || cursor.token().kind() == Kind.OPERATOR && COMPARISONS.contains(operator))) {
                return all;
            }
            cursor.consume();
            Expression a = left;
            Expression b = sum();
            Expression one = scope -> negated != (Boolean) PythonOperators.apply(operator, a.in(scope), b.in(scope));
            Expression before = all;
            all = first ? one : scope -> Python.truth(before.in(scope)) ? one.in(scope) : (Object) false;
            left = b;
            first = false;
        }
    }

    private Expression sum() {
        Expression value = concatenation();
        while (cursor.isOperator("+") || cursor.isOperator("-")) {
            value = binary(value, cursor.consume().text(), concatenation());
        }
        return value;
    }

    private Expression concatenation() {
        Expression value = product();
        while (cursor.skip("~")) {
            value = binary(value, "~", product());
        }
        return value;
    }

    private Expression product() {
        Expression value = power();
        while (cursor.isOperator("*") || cursor.isOperator("/") || cursor.isOperator("//") || cursor.isOperator("%")) {
            value = binary(value, cursor.consume().text(), power());
        }
        return value;
    }

    private Expression power() {
        Expression value = signed(true);
        while (cursor.skip("**")) {
            value = binary(value, "**", signed(true));
        }
        return value;
    }

    private static Expression binary(Expression left, String operator, Expression right) {
        return scope -> PythonOperators.apply(operator, left.in(scope), right.in(scope));
    }

    private Expression signed(boolean filtered) {
        Expression value;
        if (cursor.skip("-")) {
            Expression positive = signed(false);
            value = scope -> PythonOperators.apply("-", 0L, positive.in(scope));
        } else if (cursor.skip("+")) {
            value = signed(false);
        } else {
            value = operands.operand();
        }
        return filtered ? operands.filtersAndTests(value) : value;
    }
}
