package dev.tempo.rollout;

import dev.tempo.model.inference.Environment;
import dev.tempo.model.tokens.Tokenizer;
import dev.tempo.plugin.TextEnvironment;
import dev.tempo.plugin.jar.PlugInJars;
import dev.tempo.plugin.jar.PlugInKind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The environments that this service offers, by the name that recipes give them. */
public final class Environments {
    private final Map<String, EnvironmentKind> byName = new TreeMap<>();
    private final List<String> problems;

    /** @throws IllegalArgumentException if two have the same name */
    Environments(List<EnvironmentKind> kinds) {
        this(kinds, List.of());
    }

    private Environments(List<EnvironmentKind> kinds, List<String> problems) {
        this.problems = problems;
        for (EnvironmentKind kind : kinds) {
            if (byName.putIfAbsent(kind.name(), kind) != null) {
                throw new IllegalArgumentException("two environments are named '" + kind.name() + "'");
            }
        }
    }

    /** The environments of the service and of the jars in a directory, which may be missing. */
    static Environments with(List<EnvironmentKind> kinds, Path directory) {
        PlugInJars<TextEnvironment> jars = PlugInJars.load(
                directory,
                PlugInKind.ENVIRONMENT,
                kinds.stream().map(EnvironmentKind::name).toList(),
                "rollout-service itself");
        List<EnvironmentKind> all = new ArrayList<>(kinds);
        jars.plugIns().forEach(plugIn -> all.add(EnvironmentKind.of(plugIn)));
        return new Environments(all, jars.problems());
    }

    /** The environments that the service has by itself, and those of the jars in a directory, which may be missing. */
    public static Environments of(Path directory) {
        return with(List.of(EnvironmentKind.CALCULATOR, EnvironmentKind.CHECKED_ARITHMETIC), directory);
    }

    /**
     * An environment for one response.
     *
     * @param name null for none
     * @throws UnanswerableException if there is none of this name, or the vocabulary does not allow it
     */
    public @Nullable Environment over(Tokenizer tokenizer, @Nullable String name) {
        if (name == null) {
            return null;
        }
        EnvironmentKind kind = byName.get(name);
        if (kind == null) {
            throw new UnanswerableException("no environment named '" + name + "'; rollout-service has "
                    + byName.keySet() + (problems.isEmpty() ? "" : "; " + String.join("; ", problems)));
        }
        try {
            return kind.over().apply(tokenizer);
        } catch (IllegalArgumentException unfit) {
            throw new UnanswerableException("environment '" + name + "': " + unfit.getMessage());
        }
    }
}
