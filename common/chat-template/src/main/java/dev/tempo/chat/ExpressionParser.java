package dev.tempo.chat;

import dev.tempo.chat.python.Operators;
import dev.tempo.chat.python.Python;
import dev.tempo.chat.python.PythonNumbers;
import dev.tempo.chat.python.PythonText;
import dev.tempo.chat.python.Tuple;
import dev.tempo.chat.python.Undefined;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A parser of Jinja expressions with jinja2's precedence: {@code if, or, and, not, == … in, + -, ~, * / // %, **, unary}.
 */
final class ExpressionParser {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final TokenCursor cursor;
    private final OperandParser operands;

    ExpressionParser(TokenCursor cursor) {
        this.cursor = cursor;
        this.operands = new OperandParser(cursor, this);
    }

    OperandParser operands() {
        return operands;
    }

    /** An expression, or several with commas between them, which make a tuple. */
    Expression tuple(boolean withCondition) {
        Expression first = withCondition ? expression() : or();
        return cursor.isOperator(",") ? tupleFrom(first, withCondition) : first;
    }

    private Expression tupleFrom(Expression first, boolean withCondition) {
        List<Expression> items = new ArrayList<>(List.of(first));
        while (cursor.skip(",")) {
            if (endsTuple()) {
                break;
            }
            items.add(withCondition ? expression() : or());
        }
        return tupleOf(items);
    }

    private boolean endsTuple() {
        return cursor.is(TemplateToken.Kind.EXPRESSION_END)
                || cursor.is(TemplateToken.Kind.STATEMENT_END)
                || cursor.isOperator(")")
                || cursor.isName("recursive");
    }

    static Expression tupleOf(List<Expression> items) {
        return Expression.of(
                items,
                scope -> new Tuple(items.stream().map(item -> item.in(scope)).toList()));
    }

    /** Parses the rest of an expression or tuple whose opening parenthesis has been consumed. */
    Expression parenthesis() {
        if (cursor.skip(")")) {
            return tupleOf(List.of());
        }
        Expression inside = tuple(true);
        cursor.require(")");
        return inside;
    }

    Expression expression() {
        Expression value = or();
        while (cursor.skipName("if")) {
            Expression then = value;
            Expression condition = or();
            Expression otherwise = cursor.skipName("else")
                    ? expression()
                    : new Expression.Constant(new Undefined("the if of an expression was false, and it has no else"));
            value = Expression.of(
                    List.of(condition, then, otherwise),
                    scope -> Python.truth(condition.in(scope)) ? then.in(scope) : otherwise.in(scope));
        }
        return value;
    }

    Expression or() {
        Expression value = and();
        while (cursor.skipName("or")) {
            Expression left = value;
            Expression right = and();
            value = Expression.of(List.of(left, right), scope -> {
                Object first = left.in(scope);
                return Python.truth(first) ? first : right.in(scope);
            });
        }
        return value;
    }

    private Expression and() {
        Expression value = not();
        while (cursor.skipName("and")) {
            Expression left = value;
            Expression right = not();
            value = Expression.of(List.of(left, right), scope -> {
                Object first = left.in(scope);
                return Python.truth(first) ? right.in(scope) : first;
            });
        }
        return value;
    }

    private Expression not() {
        if (cursor.skipName("not")) {
            Expression negated = not();
            return Expression.of(List.of(negated), scope -> !Python.truth(negated.in(scope)));
        }
        return comparison();
    }

    private Expression comparison() {
        List<Expression> values = new ArrayList<>(List.of(sum()));
        List<String> operators = new ArrayList<>();
        while (true) {
            if (cursor.is(TemplateToken.Kind.OPERATOR)
                    && COMPARISONS.contains(cursor.token().text())) {
                operators.add(cursor.consume().text());
            } else if (cursor.skipName("in")) {
                operators.add("in");
            } else if (cursor.isName("not") && isIn(cursor.next())) {
                cursor.consume();
                cursor.consume();
                operators.add("not in");
            } else {
                return operators.isEmpty() ? values.get(0) : compared(values, operators);
            }
            values.add(sum());
        }
    }

    private static boolean isIn(TemplateToken token) {
        return token.kind() == TemplateToken.Kind.NAME && token.text().equals("in");
    }

    private static Expression compared(List<Expression> values, List<String> operators) {
        return Expression.of(values, scope -> {
            Object left = values.get(0).in(scope);
            for (int i = 0; i < operators.size(); i++) {
                Object right = values.get(i + 1).in(scope);
                boolean holds = operators.get(i).equals("not in")
                        ? !Python.truth(Operators.apply("in", left, right))
                        : Python.truth(Operators.apply(operators.get(i), left, right));
                if (!holds) {
                    return false;
                }
                left = right;
            }
            return true;
        });
    }

    private Expression sum() {
        Expression value = concatenation();
        while (cursor.isOperator("+") || cursor.isOperator("-")) {
            value = applied(cursor.consume().text(), value, concatenation());
        }
        return value;
    }

    private Expression concatenation() {
        List<Expression> parts = new ArrayList<>(List.of(product()));
        while (cursor.skip("~")) {
            parts.add(product());
        }
        return parts.size() == 1
                ? parts.get(0)
                : Expression.of(
                        parts,
                        scope -> PythonText.join(
                                parts.stream()
                                        .map(part -> Python.text(part.in(scope)))
                                        .toList(),
                                ""));
    }

    private Expression product() {
        Expression value = power();
        while (cursor.isOperator("*") || cursor.isOperator("/") || cursor.isOperator("//") || cursor.isOperator("%")) {
            value = applied(cursor.consume().text(), value, power());
        }
        return value;
    }

    private Expression power() {
        Expression value = unary(true);
        while (cursor.skip("**")) {
            value = applied("**", value, unary(true));
        }
        return value;
    }

    private static Expression applied(String operator, Expression left, Expression right) {
        return Expression.of(List.of(left, right), scope -> Operators.apply(operator, left.in(scope), right.in(scope)));
    }

    private Expression unary(boolean filtered) {
        Expression value;
        if (cursor.isOperator("-") || cursor.isOperator("+")) {
            boolean negative = cursor.consume().text().equals("-");
            Expression number = unary(false);
            value = Expression.of(List.of(number), scope -> signed(number.in(scope), negative));
        } else {
            value = operands.primary();
        }
        Expression base = operands.postfix(value);
        return filtered ? operands.filtersAndTests(base) : base;
    }

    private static Object signed(Object number, boolean negative) {
        if (number instanceof Undefined undefined) {
            throw undefined.used();
        }
        Object negated = PythonNumbers.negative(number);
        return negative ? negated : PythonNumbers.negative(negated);
    }
}
