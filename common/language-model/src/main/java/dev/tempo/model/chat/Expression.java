package dev.tempo.model.chat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A parsed Jinja expression. Null is Jinja's undefined, {@link Python#NONE} is None. */
interface Expression {

    @Nullable
    Object in(Scope scope);

    /** What the name of a function or macro stands for where it is not called. */
    record Function(String name) {}

    /** Where an expression is evaluated. */
    interface Scope {

        /** Null if no such variable is defined. */
        @Nullable
        Object variable(String name);

        /** Calls a macro or one of the functions that every template has. */
        @Nullable
        Object call(String function, List<@Nullable Object> arguments, Map<String, @Nullable Object> named);
    }
}
