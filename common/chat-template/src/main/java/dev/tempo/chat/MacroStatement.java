package dev.tempo.chat;

import java.util.function.Function;

/** A macro definition, {@code macro name(parameters) … endmacro}. */
record MacroStatement(String name, Macro.Definition definition) implements Statement {
    @Override
    public void declare(BlockNames names) {
        names.set(name);
    }

    @Override
    public Step within(BlockNames names) {
        Function<Scope, Macro> macro = definition.within(names);
        return (scope, output) -> {
            scope.set(name, macro.apply(scope));
            return Flow.NEXT;
        };
    }
}
