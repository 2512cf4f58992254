package dev.tempo.judge;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The judges that recipes may name. */
public final class Judges {
    private final Map<String, Judge> byName = new LinkedHashMap<>();

    /** @throws IllegalArgumentException if two judges have the same name */
    public Judges(Collection<? extends Judge> judges) {
        for (Judge judge : judges) {
            Judge other = byName.putIfAbsent(judge.name(), judge);
            if (other != null) {
                throw new IllegalArgumentException("two judges are named '" + judge.name() + "': "
                        + other.getClass().getName() + " and "
                        + judge.getClass().getName());
            }
        }
    }

    /** Those that come with the service. */
    public static List<Judge> builtIn() {
        return List.of(new BlockInversionJudge(), new ExactMatchJudge(), new MathJudge());
    }

    /** The names of those that come with the service, for checking a recipe before it runs. */
    public static List<String> names() {
        return builtIn().stream().map(Judge::name).toList();
    }

    public Optional<Judge> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public String toString() {
        return String.join(", ", byName.keySet());
    }
}
