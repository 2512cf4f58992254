package dev.tempo.model.chat;

import dev.tempo.model.chat.ExpressionTokens.Kind;
import dev.tempo.model.chat.ExpressionTokens.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Jinja's expression grammar, by recursive descent in the order of its operators' precedence. */
final class ExpressionParser {
    private static final int DEEPEST = 100;
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

    private final List<Token> tokens;
    private int at;
    private int depth;

    private ExpressionParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** @throws IllegalArgumentException saying what was expected where */
    static Expression parse(String source) {
        ExpressionParser parser = new ExpressionParser(ExpressionTokens.of(source));
        Expression expression = parser.tuple();
        if (parser.token().kind() != Kind.END) {
            throw parser.unexpected("the end");
        }
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
        ExpressionParser parser = new ExpressionParser(ExpressionTokens.of(source));
        Expression items = parser.or();
        Expression condition = parser.skipName("if") ? parser.expression() : null;
        if (parser.token().kind() != Kind.END) {
            throw parser.unexpected("the end");
        }
        return new Filtered(items, condition);
    }

    private Expression tuple() {
        Expression first = expression();
        if (!isOperator(",")) {
            return first;
        }
        List<Expression> items = new ArrayList<>(List.of(first));
        while (skip(",") && token().kind() != Kind.END) {
            items.add(expression());
        }
        return list(items);
    }

    private Expression expression() {
        if (++depth > DEEPEST) {
            throw new IllegalArgumentException("an expression is nested deeper than " + DEEPEST);
        }
        Expression value = or();
        while (skipName("if")) {
            Expression then = value;
            Expression condition = or();
            Expression otherwise = skipName("else") ? expression() : scope -> null;
            value = scope -> Python.truth(condition.in(scope)) ? then.in(scope) : otherwise.in(scope);
        }
        depth--;
        return value;
    }

    private Expression or() {
        Expression value = and();
        while (skipName("or")) {
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
        while (skipName("and")) {
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
        while (skipName("not")) {
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
            boolean negated = isName("not") && tokens.get(at + 1).text().equals("in");
            if (negated) {
                at++;
            }
            String operator = token().text();
            if (!(isName("in") || token().kind() == Kind.OPERATOR && COMPARISONS.contains(operator))) {
                return all;
            }
            at++;
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
        while (isOperator("+") || isOperator("-")) {
            value = binary(value, consume().text(), concatenation());
        }
        return value;
    }

    private Expression concatenation() {
        Expression value = product();
        while (skip("~")) {
            value = binary(value, "~", product());
        }
        return value;
    }

    private Expression product() {
        Expression value = power();
        while (isOperator("*") || isOperator("/") || isOperator("//") || isOperator("%")) {
            value = binary(value, consume().text(), power());
        }
        return value;
    }

    private Expression power() {
        Expression value = signed(true);
        while (skip("**")) {
            value = binary(value, "**", signed(true));
        }
        return value;
    }

    private static Expression binary(Expression left, String operator, Expression right) {
        return scope -> PythonOperators.apply(operator, left.in(scope), right.in(scope));
    }

    private Expression signed(boolean filtered) {
        Expression value;
        if (skip("-")) {
            Expression positive = signed(false);
            value = scope -> PythonOperators.apply("-", 0L, positive.in(scope));
        } else if (skip("+")) {
            value = signed(false);
        } else {
            value = postfix(primary());
        }
        return filtered ? filtersAndTests(value) : value;
    }

    private Expression filtersAndTests(Expression plain) {
        Expression value = plain;
        while (true) {
            Expression input = value;
            if (skip("|")) {
                String filter = name();
                Arguments arguments = isOperator("(") ? arguments() : Arguments.NONE;
                Filters.requireKnown(filter);
                value = scope -> Filters.apply(filter, input.in(scope), arguments.positional(scope), arguments.named(scope));
            } else if (skipName("is")) {
                boolean wanted = !skipName("not");
                String test = name();
                Tests.requireKnown(test);
                Arguments arguments = testArguments();
                value = scope -> Tests.holds(test, input.in(scope), arguments.positional(scope)) == wanted;
            } else {
                return value;
            }
        }
    }

    private Arguments testArguments() {
        if (isOperator("(")) {
            return arguments();
        }
        boolean argument = switch (token().kind()) {
            case TEXT, WHOLE, DECIMAL -> true;
            case NAME -> !Set.of("and", "or", "else", "if", "is", "in", "not").contains(token().text());
            case OPERATOR -> isOperator("[") || isOperator("{");
            case END -> false;
        };
        return argument ? new Arguments(List.of(postfix(primary())), Map.of()) : Arguments.NONE;
    }

    private Expression primary() {
        Token token = consume();
        return switch (token.kind()) {
            case TEXT -> {
                StringBuilder text = new StringBuilder(token.text());
                while (token().kind() == Kind.TEXT) {
                    text.append(consume().text());
                }
                yield constant(text.toString());
            }
            case WHOLE -> constant(Long.parseLong(token.text()));
            case DECIMAL -> constant(Double.parseDouble(token.text()));
            case NAME -> named(token.text());
            case OPERATOR -> switch (token.text()) {
                case "(" -> parenthesis();
                case "[" -> list(items("]"));
                case "{" -> mapping();
                default -> {
                    at--;
                    throw unexpected("a value");
                }
            };
            case END -> throw new IllegalArgumentException("a value is missing at the end");
        };
    }

    private Expression named(String name) {
        return switch (name) {
            case "true", "True" -> constant(true);
            case "false", "False" -> constant(false);
            case "none", "None" -> constant(Python.NONE);
            default -> {
                if (isOperator("(")) {
                    Arguments arguments = arguments();
                    yield scope -> scope.call(name, arguments.positional(scope), arguments.named(scope));
                }
                yield scope -> scope.variable(name);
            }
        };
    }

    private static Expression constant(Object value) {
        return scope -> value;
    }

    private static Expression list(List<Expression> items) {
        return scope -> {
            List<@Nullable Object> values = new ArrayList<>();
            items.forEach(item -> values.add(item.in(scope)));
            return values;
        };
    }

    private Expression parenthesis() {
        if (skip(")")) {
            return list(List.of());
        }
        Expression first = expression();
        if (skip(")")) {
            return first;
        }
        require(",");
        List<Expression> items = new ArrayList<>(List.of(first));
        items.addAll(items(")"));
        return list(items);
    }

    private List<Expression> items(String end) {
        List<Expression> items = new ArrayList<>();
        while (!skip(end)) {
            items.add(expression());
            if (!isOperator(end)) {
                require(",");
            }
        }
        return items;
    }

    private Expression mapping() {
        Map<Expression, Expression> entries = new LinkedHashMap<>();
        while (!skip("}")) {
            Expression key = expression();
            require(":");
            entries.put(key, expression());
            if (!isOperator("}")) {
                require(",");
            }
        }
        return scope -> {
            Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
            entries.forEach((key, value) -> map.put(key.in(scope), value.in(scope)));
            return map;
        };
    }

    private Expression postfix(Expression plain) {
        Expression value = plain;
        while (true) {
            Expression base = value;
            if (skip(".")) {
                String attribute = token().kind() == Kind.WHOLE ? consume().text() : name();
                if (isOperator("(")) {
                    Arguments arguments = arguments();
                    value = scope -> PythonMethods.call(base.in(scope), attribute, arguments.positional(scope));
                } else {
                    value = scope -> Subscripts.attribute(base.in(scope), attribute);
                }
            } else if (skip("[")) {
                value = subscript(base);
            } else {
                return value;
            }
        }
    }

    private Expression subscript(Expression base) {
        @Nullable Expression[] bounds = new Expression[3];
        int colons = 0;
        while (!skip("]")) {
            if (skip(":")) {
                colons++;
            } else {
                bounds[colons] = expression();
            }
            if (colons > 2) {
                throw unexpected("]");
            }
        }
        Expression start = bounds[0];
        if (colons == 0) {
            if (start == null) {
                throw unexpected("an index");
            }
            return scope -> Subscripts.item(base.in(scope), start.in(scope));
        }
        List<@Nullable Expression> parts = Arrays.asList(bounds);
        return scope -> Subscripts.slice(
                base.in(scope),
                parts.stream().map(part -> part == null ? Python.NONE : part.in(scope)).toList());
    }

    private Arguments arguments() {
        require("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        while (!skip(")")) {
            if (token().kind() == Kind.NAME && tokens.get(at + 1).equals(new Token(Kind.OPERATOR, "="))) {
                String name = name();
                require("=");
                named.put(name, expression());
            } else {
                positional.add(expression());
            }
            if (!isOperator(")")) {
                require(",");
            }
        }
        return new Arguments(positional, named);
    }

    private record Arguments(List<Expression> expressions, Map<String, Expression> namedExpressions) {
        static final Arguments NONE = new Arguments(List.of(), Map.of());

        List<@Nullable Object> positional(Expression.Scope scope) {
            List<@Nullable Object> values = new ArrayList<>();
            expressions.forEach(expression -> values.add(expression.in(scope)));
            return values;
        }

        Map<String, @Nullable Object> named(Expression.Scope scope) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            namedExpressions.forEach((name, expression) -> values.put(name, expression.in(scope)));
            return values;
        }
    }

    private Token token() {
        return tokens.get(at);
    }

    private Token consume() {
        return tokens.get(at < tokens.size() - 1 ? at++ : at);
    }

    private boolean isOperator(String operator) {
        return token().kind() == Kind.OPERATOR && token().text().equals(operator);
    }

    private boolean isName(String name) {
        return token().kind() == Kind.NAME && token().text().equals(name);
    }

    private boolean skip(String operator) {
        boolean there = isOperator(operator);
        at += there ? 1 : 0;
        return there;
    }

    private boolean skipName(String name) {
        boolean there = isName(name);
        at += there ? 1 : 0;
        return there;
    }

    private void require(String operator) {
        if (!skip(operator)) {
            throw unexpected("'" + operator + "'");
        }
    }

    private String name() {
        if (token().kind() != Kind.NAME) {
            throw unexpected("a name");
        }
        return consume().text();
    }

    private IllegalArgumentException unexpected(String expected) {
        String found = token().kind() == Kind.END ? "the expression ends" : "'" + token().text() + "' stands";
        return new IllegalArgumentException(found + " where " + expected + " is expected");
    }
}
