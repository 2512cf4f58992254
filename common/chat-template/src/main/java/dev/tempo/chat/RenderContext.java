package dev.tempo.chat;

import dev.tempo.chat.builtin.Functions;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One rendering of a template: what it was given, where it stands, and the bounds within which it ends. */
final class RenderContext {
    private static final int MOST_PASSES = 1_000_000;
    private static final int DEEPEST_CALL = 100;

    private final Map<String, Object> variables;
    private final Map<String, Object> functions;
    private int line = 1;
    private int passes;
    private int calls;

    RenderContext(Map<String, Object> variables, Clock clock) {
        this.variables = variables;
        this.functions = Functions.all(clock);
    }

    /** The value of a variable that was given, or a function of this name; {@link Scope#MISSING} if there is neither. */
    Object given(String name) {
        Object value = variables.get(name);
        @Nullable Object function = value == null ? functions.get(name) : value;
        return function == null ? Scope.MISSING : function;
    }

    int line() {
        return line;
    }

    void at(int line) {
        this.line = line;
    }

    /** @throws IllegalArgumentException if loops ran too often */
    void countPass() {
        if (++passes > MOST_PASSES) {
            throw new IllegalArgumentException("its loops run more than " + MOST_PASSES + " times");
        }
    }

    /** @throws IllegalArgumentException if macros called each other too deeply */
    void enterCall() {
        if (++calls > DEEPEST_CALL) {
            throw new IllegalArgumentException("macros and loops call each other deeper than " + DEEPEST_CALL);
        }
    }

    void leaveCall(int line) {
        calls--;
        at(line);
    }
}
