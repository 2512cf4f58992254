package dev.tempo.chat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a block's names while the block runs. */
final class Scope {
    /** The value of a name that has none. */
    static final Object MISSING = new Object();

    private final @Nullable Scope outer;
    private final RenderContext context;
    private final Map<String, Object> values = new HashMap<>();

    Scope(@Nullable Scope outer, RenderContext context, BlockNames names) {
        this.outer = outer;
        this.context = context;
        names.origins()
                .forEach((name, origin) -> values.put(
                        name,
                        switch (origin) {
                            case PARAMETER, NOTHING -> MISSING;
                            case GIVEN -> context.given(name);
                            case OUTER -> outer == null ? MISSING : outer.get(name);
                        }));
    }

    /** A new scope for a block within this one. */
    Scope enter(BlockNames names) {
        return new Scope(this, context, names);
    }

    RenderContext context() {
        return context;
    }

    /** The value of a name; {@link #MISSING} if it has none. */
    Object get(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Object value = scope.values.get(name);
            if (value != null) {
                return value;
            }
        }
        return context.given(name);
    }

    void set(String name, Object value) {
        values.put(name, value);
    }
}
