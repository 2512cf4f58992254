package dev.tempo.chat;

import dev.tempo.chat.TemplateToken.Kind;
import dev.tempo.chat.builtin.Predicates;
import dev.tempo.chat.python.Arguments;
import dev.tempo.chat.python.Dict;
import dev.tempo.chat.python.MemberAccess;
import dev.tempo.chat.python.ParsedNumbers;
import dev.tempo.chat.python.Python;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A parser of operands: literals, names, calls, attributes, items and slices, filters and tests. */
final class OperandParser {
    private final TokenCursor cursor;
    private final ExpressionParser expressions;

    OperandParser(TokenCursor cursor, ExpressionParser expressions) {
        this.cursor = cursor;
        this.expressions = expressions;
    }

    Expression primary() {
        TemplateToken token = cursor.token();
        switch (token.kind()) {
            case TEXT -> {
                StringBuilder text = new StringBuilder();
                while (cursor.is(Kind.TEXT)) {
                    text.append(cursor.consume().text());
                }
                return new Expression.Constant(text.toString());
            }
            case WHOLE -> {
                return new Expression.Constant(whole(cursor.consume()));
            }
            case DECIMAL -> {
                return new Expression.Constant(
                        Double.parseDouble(cursor.consume().text()));
            }
            case NAME -> {
                return named(cursor.consume().text());
            }
            default -> {
                if (cursor.skip("(")) {
                    return expressions.parenthesis();
                } else if (cursor.skip("[")) {
                    List<Expression> items = items();
                    return Expression.of(items, scope -> {
                        List<Object> values = new ArrayList<>();
                        items.forEach(item -> values.add(item.in(scope)));
                        return values;
                    });
                } else if (cursor.skip("{")) {
                    return mapping();
                }
                throw cursor.unexpected("a value");
            }
        }
    }

    private static BigInteger whole(TemplateToken token) {
        BigInteger value = ParsedNumbers.whole(token.text(), 0);
        if (value == null) {
            throw new MalformedTemplateException("'" + token.text() + "' is no number", token.line());
        }
        return value;
    }

    private Expression named(String name) {
        return switch (name) {
            case "true", "True" -> new Expression.Constant(true);
            case "false", "False" -> new Expression.Constant(false);
            case "none", "None" -> new Expression.Constant(Python.NONE);
            case "self", "super" -> {
                if (cursor.isOperator("(") || cursor.isOperator(".") || name.equals("self")) {
                    throw cursor.error("'" + name + "' is not supported: it belongs to blocks of inherited templates");
                }
                yield new Expression.Variable(name);
            }
            default -> {
                cursor.reads(name);
                yield new Expression.Variable(name);
            }
        };
    }

    private List<Expression> items() {
        List<Expression> items = new ArrayList<>();
        while (!cursor.skip("]")) {
            items.add(expressions.expression());
            if (!cursor.isOperator("]")) {
                cursor.require(",");
            }
        }
        return items;
    }

    private Expression mapping() {
        List<Expression> keysAndValues = new ArrayList<>();
        while (!cursor.skip("}")) {
            keysAndValues.add(expressions.expression());
            cursor.require(":");
            keysAndValues.add(expressions.expression());
            if (!cursor.isOperator("}")) {
                cursor.require(",");
            }
        }
        return Expression.of(keysAndValues, scope -> {
            Dict dict = new Dict();
            for (int i = 0; i < keysAndValues.size(); i += 2) {
                dict.put(
                        keysAndValues.get(i).in(scope), keysAndValues.get(i + 1).in(scope));
            }
            return dict;
        });
    }

    Expression postfix(Expression plain) {
        Expression value = plain;
        String described = plain instanceof Expression.Variable variable ? variable.name() + "()" : "the function";
        while (true) {
            Expression base = value;
            if (cursor.skip(".")) {
                if (cursor.is(Kind.WHOLE)) {
                    BigInteger index = whole(cursor.consume());
                    value = Expression.of(List.of(base), scope -> MemberAccess.item(base.in(scope), index));
                } else {
                    String attribute = cursor.name();
                    described = attribute + "()";
                    value = Expression.of(List.of(base), scope -> MemberAccess.attribute(base.in(scope), attribute));
                }
            } else if (cursor.skip("[")) {
                value = subscript(base);
            } else if (cursor.isOperator("(")) {
                value = new CallExpression(base, described, arguments());
            } else {
                return value;
            }
        }
    }

    private Expression subscript(Expression base) {
        List<Expression> indexes = new ArrayList<>();
        Expression[] slice = null;
        while (!cursor.skip("]")) {
            if (!indexes.isEmpty() || slice != null) {
                cursor.require(",");
            }
            Expression first = cursor.isOperator(":") ? NONE : expressions.expression();
            if (cursor.skip(":")) {
                slice = new Expression[] {first, bound(), cursor.skip(":") ? bound() : NONE};
            } else {
                indexes.add(first);
            }
        }
        if (slice != null && !indexes.isEmpty()) {
            throw cursor.error("a slice beside other indexes is not supported");
        } else if (slice != null) {
            Expression start = slice[0];
            Expression stop = slice[1];
            Expression step = slice[2];
            return Expression.of(
                    List.of(base, start, stop, step),
                    scope -> MemberAccess.slice(
                            base.in(scope), new MemberAccess.Slice(start.in(scope), stop.in(scope), step.in(scope))));
        }
        Expression index = indexes.size() == 1 ? indexes.get(0) : ExpressionParser.tupleOf(indexes);
        return Expression.of(List.of(base, index), scope -> MemberAccess.item(base.in(scope), index.in(scope)));
    }

    private static final Expression NONE = new Expression.Constant(Python.NONE);

    private Expression bound() {
        return cursor.isOperator("]") || cursor.isOperator(":") || cursor.isOperator(",")
                ? NONE
                : expressions.expression();
    }

    Expression filtersAndTests(Expression plain) {
        Expression value = plain;
        while (true) {
            Expression input = value;
            if (cursor.isOperator("|")) {
                FilterChain chain = filters();
                value = new FilterExpression(input, chain);
            } else if (cursor.skipName("is")) {
                value = test(input);
            } else if (cursor.isOperator("(")) {
                value = new CallExpression(input, "the function", arguments());
            } else {
                return value;
            }
        }
    }

    private record FilterExpression(Expression input, FilterChain chain) implements Expression {
        @Override
        public Object in(Scope scope) {
            return chain.apply(scope, input.in(scope));
        }

        @Override
        public void declare(BlockNames names) {
            input.declare(names);
            chain.declare(names);
        }
    }

    /** Parses filters, each behind a {@code |}. */
    FilterChain filters() {
        List<FilterChain.AppliedFilter> filters = new ArrayList<>();
        while (cursor.skip("|")) {
            filters.add(filter());
        }
        return new FilterChain(filters);
    }

    /** Parses a filter's name and arguments. */
    FilterChain.AppliedFilter filter() {
        String name = dotted();
        return new FilterChain.AppliedFilter(name, cursor.isOperator("(") ? arguments() : ArgumentList.NONE);
    }

    private String dotted() {
        StringBuilder name = new StringBuilder(cursor.name());
        while (cursor.skip(".")) {
            name.append('.').append(cursor.name());
        }
        return name.toString();
    }

    private Expression test(Expression input) {
        boolean wanted = !cursor.skipName("not");
        String name = dotted();
        ArgumentList arguments = ArgumentList.NONE;
        if (cursor.isOperator("(")) {
            arguments = arguments();
        } else if (hasArgument()) {
            arguments = ArgumentList.of(postfix(primary()));
        }
        ArgumentList given = arguments;
        TestFunction evaluated = scope -> {
            Arguments values = given.in(scope, "the test '" + name + "'");
            return Predicates.holds(name, input.in(scope), values) == wanted;
        };
        return new TestExpression(input, given, evaluated);
    }

    /** A function that computes a test's result. */
    @FunctionalInterface
    private interface TestFunction {
        Object in(Scope scope);
    }

    private record TestExpression(Expression input, ArgumentList arguments, TestFunction evaluated)
            implements Expression {
        @Override
        public Object in(Scope scope) {
            return evaluated.in(scope);
        }

        @Override
        public void declare(BlockNames names) {
            input.declare(names);
            arguments.declare(names);
        }
    }

    private boolean hasArgument() {
        if (cursor.isName("is")) {
            throw cursor.error("tests cannot be chained with 'is'");
        }
        return switch (cursor.token().kind()) {
            case TEXT, WHOLE, DECIMAL -> true;
            case NAME -> !cursor.isName("else") && !cursor.isName("or") && !cursor.isName("and");
            default -> cursor.isOperator("[") || cursor.isOperator("{");
        };
    }

    ArgumentList arguments() {
        cursor.require("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        Expression spread = null;
        Expression spreadNamed = null;
        while (!cursor.skip(")")) {
            if (cursor.skip("**")) {
                refuse(spreadNamed);
                spreadNamed = expressions.expression();
            } else if (cursor.skip("*")) {
                refuse(spread);
                refuse(spreadNamed);
                spread = expressions.expression();
            } else if (cursor.is(Kind.NAME) && isAssignment(cursor.next())) {
                refuse(spreadNamed);
                String name = cursor.name();
                cursor.require("=");
                refuse(named.put(name, expressions.expression()));
            } else {
                refuse(spread);
                refuse(spreadNamed);
                refuse(named.isEmpty() ? null : NONE);
                positional.add(expressions.expression());
            }
            if (!cursor.isOperator(")")) {
                cursor.require(",");
            }
        }
        return new ArgumentList(positional, named, spread, spreadNamed);
    }

    private void refuse(@Nullable Expression before) {
        if (before != null) {
            throw cursor.error("the arguments of a call are in the wrong order, or one is given twice");
        }
    }

    private static boolean isAssignment(TemplateToken token) {
        return token.kind() == Kind.OPERATOR && token.text().equals("=");
    }
}
