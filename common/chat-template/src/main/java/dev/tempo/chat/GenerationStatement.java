package dev.tempo.chat;

import dev.tempo.chat.python.Arguments;
import dev.tempo.chat.python.Python;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A generation block, {@code generation … endgeneration}, by which transformers marks what the model wrote itself: a block
 * with names of its own.
 */
record GenerationStatement(Macro.Definition words) implements Statement {
    private static final Arguments NO_ARGUMENTS = new Arguments("generation", List.of(), Map.of());

    @Override
    public void declare(BlockNames names) {
        // its body is a block of its own
    }

    @Override
    public Step within(BlockNames names) {
        Function<Scope, Macro> macro = words.within(names);
        return (scope, output) -> {
            output.write(Python.text(macro.apply(scope).call(NO_ARGUMENTS)));
            return Flow.NEXT;
        };
    }
}
