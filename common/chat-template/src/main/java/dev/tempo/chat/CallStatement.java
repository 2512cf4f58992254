package dev.tempo.chat;

import dev.tempo.chat.python.Arguments;
import dev.tempo.chat.python.Python;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A call block, {@code call(parameters) macro(arguments) … endcall}: the macro gets the statements in the block as its
 * {@code caller}.
 *
 * @param caller the statements in the block, as a macro
 */
record CallStatement(CallExpression call, Macro.Definition caller, int line) implements Statement {
    @Override
    public void declare(BlockNames names) {
        call.declare(names);
    }

    @Override
    public Step within(BlockNames names) {
        Function<Scope, Macro> inBetween = caller.within(names);
        return (scope, output) -> {
            scope.context().at(line);
            Arguments given = call.arguments().in(scope, call.described());
            Map<String, Object> named = new LinkedHashMap<>(given.named());
            if (named.put("caller", inBetween.apply(scope)) != null) {
                throw new IllegalArgumentException(call.described() + " is given 'caller' twice");
            }
            Object text = call.call(scope, new Arguments(given.function(), given.positional(), named));
            output.write(Python.text(text));
            return Flow.NEXT;
        };
    }
}
