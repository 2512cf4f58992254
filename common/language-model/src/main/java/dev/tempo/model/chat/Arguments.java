package dev.tempo.model.chat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands between the parentheses of a call. */
record Arguments(List<Expression> expressions, Map<String, Expression> namedExpressions) {
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
