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

/** What operators stand between: literals, variables, calls, attributes, items and slices, filters and tests. */
final class OperandParser {
    private final TokenCursor cursor;
    private final ExpressionParser expressions;

    OperandParser(TokenCursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    Expression operand() {
        return postfix(primary());
    }

    Expression filtersAndTests(Expression plain) {
        Expression value = plain;
        while (true) {
            Expression input = value;
            if (cursor.skip("|")) {
                String filter = cursor.name();
                Arguments arguments = cursor.isOperator("(") ? arguments() : Arguments.NONE;
                Filters.requireKnown(filter);
                value = scope ->
                        Filters.apply(filter, input.in(scope), arguments.positional(scope), arguments.named(scope));
            } else if (cursor.skipName("is")) {
                boolean wanted = !cursor.skipName("not");
                String test = cursor.name();
                Predicates.requireKnown(test);
                Arguments arguments = testArguments();
                value = scope -> Predicates.holds(test, input.in(scope), arguments.positional(scope)) == wanted;
            } else {
                return value;
            }
        }
    }

    private Arguments testArguments() {
        if (cursor.isOperator("(")) {
            return arguments();
        }
        boolean argument = switch (cursor.token().kind()) {
            case TEXT, WHOLE, DECIMAL -> true;
            case NAME ->
                !Set.of("and", "or", "else", "if", "is", "in", "not")
                        .contains(cursor.token().text());
            case OPERATOR -> cursor.isOperator("[") || cursor.isOperator("{");
            case END -> false;
        };
        return argument ? new Arguments(List.of(postfix(primary())), Map.of()) : Arguments.NONE;
    }

    private Expression primary() {
        Token token = cursor.consume();
        return switch (token.kind()) {
            case TEXT -> {
                StringBuilder text = new StringBuilder(token.text());
                while (cursor.token().kind() == Kind.TEXT) {
                    text.append(cursor.consume().text());
                }
                yield constant(text.toString());
            }
            case WHOLE -> constant(Long.parseLong(token.text()));
            case DECIMAL -> constant(Double.parseDouble(token.text()));
            case NAME -> named(token.text());
            case OPERATOR ->
                switch (token.text()) {
                    case "(" -> parenthesis();
                    case "[" -> list(items("]"));
                    case "{" -> mapping();
                    default -> {
                        throw new IllegalArgumentException("'" + token.text() + "' stands where a value is expected");
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
                if (cursor.isOperator("(")) {
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

    static Expression list(List<Expression> items) {
        return scope -> {
            List<@Nullable Object> values = new ArrayList<>();
            items.forEach(item -> values.add(item.in(scope)));
            return values;
        };
    }

    private Expression parenthesis() {
        if (cursor.skip(")")) {
            return list(List.of());
        }
        Expression first = expressions.expression();
        if (cursor.skip(")")) {
            return first;
        }
        cursor.require(",");
        List<Expression> items = new ArrayList<>(List.of(first));
        items.addAll(items(")"));
        return list(items);
    }

    private List<Expression> items(String end) {
        List<Expression> items = new ArrayList<>();
        while (!cursor.skip(end)) {
            items.add(expressions.expression());
            if (!cursor.isOperator(end)) {
                cursor.require(",");
            }
        }
        return items;
    }

    private Expression mapping() {
        Map<Expression, Expression> entries = new LinkedHashMap<>();
        while (!cursor.skip("}")) {
            Expression key = expressions.expression();
            cursor.require(":");
            entries.put(key, expressions.expression());
            if (!cursor.isOperator("}")) {
                cursor.require(",");
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
            if (cursor.skip(".")) {
                String attribute =
                        cursor.token().kind() == Kind.WHOLE ? cursor.consume().text() : cursor.name();
                if (cursor.isOperator("(")) {
                    Arguments arguments = arguments();
                    value = scope -> PythonMethods.call(base.in(scope), attribute, arguments.positional(scope));
                } else {
                    value = scope -> Subscripts.attribute(base.in(scope), attribute);
                }
            } else if (cursor.skip("[")) {
                value = subscript(base);
            } else {
                return value;
            }
        }
    }

    private Expression subscript(Expression base) {
        @Nullable Expression[] bounds = new Expression[3];
        int colons = 0;
        while (!cursor.skip("]")) {
            if (cursor.skip(":")) {
                colons++;
            } else {
                bounds[colons] = expressions.expression();
            }
            if (colons > 2) {
                throw cursor.unexpected("]");
            }
        }
        Expression start = bounds[0];
        if (colons == 0) {
            if (start == null) {
                throw cursor.unexpected("an index");
            }
            return scope -> Subscripts.item(base.in(scope), start.in(scope));
        }
        List<@Nullable Expression> parts = Arrays.asList(bounds);
        return scope -> Subscripts.slice(
                base.in(scope),
                parts.stream()
                        .map(part -> part == null ? Python.NONE : part.in(scope))
                        .toList());
    }

    private Arguments arguments() {
        cursor.require("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        while (!cursor.skip(")")) {
            if (cursor.token().kind() == Kind.NAME && cursor.next().equals(new Token(Kind.OPERATOR, "="))) {
                String name = cursor.name();
                cursor.require("=");
                named.put(name, expressions.expression());
            } else {
                positional.add(expressions.expression());
            }
            if (!cursor.isOperator(")")) {
                cursor.require(",");
            }
        }
        return new Arguments(positional, named);
    }
}
