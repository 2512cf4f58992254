package dev.tempo.chat;

import dev.tempo.chat.builtin.Functions;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of one rendering of a template: its variables, the line that it has reached, and the bounds within which it must
 * end.
 */
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

    /** The value of a variable, or else the function of this name; {@link Scope#MISSING} if there is neither. */
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

    /**
     * Counts a pass of a loop.
     *
     * @throws IllegalArgumentException if loops ran too often
     */
    void countPass() {
        if (++passes > MOST_PASSES) {
            throw new IllegalArgumentException("its loops run more than " + MOST_PASSES + " times");
        }
    }

    /**
     * Counts a call of a macro as begun.
     *
     * @throws IllegalArgumentException if macros call each other too deeply
     */
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
