package dev.tempo.rollout;

import dev.tempo.model.inference.Environment;
import dev.tempo.model.tokens.Tokenizer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The environments that this service offers, by the name that recipes give them. */
final class Environments {
    private final Map<String, EnvironmentKind> byName = new TreeMap<>();

    /** @throws IllegalArgumentException if two have the same name */
    Environments(List<EnvironmentKind> kinds) {
        for (EnvironmentKind kind : kinds) {
            if (byName.putIfAbsent(kind.name(), kind) != null) {
                throw new IllegalArgumentException("two environments are named '" + kind.name() + "'");
            }
        }
    }

    /**
     * @param name null for none
     * @throws UnanswerableException if there is none of this name, or the vocabulary does not allow it
     */
    @Nullable
    Environment over(Tokenizer tokenizer, @Nullable String name) {
        if (name == null) {
            return null;
        }
        EnvironmentKind kind = byName.get(name);
        if (kind == null) {
            throw new UnanswerableException(
                    "no environment named '" + name + "'; rollout-service has " + byName.keySet());
        }
        try {
            return kind.over().apply(tokenizer);
        } catch (IllegalArgumentException unfit) {
            throw new UnanswerableException("environment '" + name + "': " + unfit.getMessage());
        }
    }
}
