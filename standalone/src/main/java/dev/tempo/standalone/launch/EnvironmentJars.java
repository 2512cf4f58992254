package dev.tempo.standalone.launch;

import dev.tempo.plugin.TextEnvironment;
import dev.tempo.plugin.jar.PlugInJars;
import dev.tempo.plugin.jar.PlugInKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Jars with environments: those of the working directory, and those that a run keeps. */
public final class EnvironmentJars {
    /** The environments that come with rollout-service. */
    public static final Set<String> BUILT_IN = Set.of("calculator");

    private static final String FOLDER = "environments";
    private static final PlugInKind<TextEnvironment> KIND =
            new PlugInKind<>(TextEnvironment.class, "environment", "texts", null);

    private EnvironmentJars() {}

    /** Those that a new run would take with it. */
    public static PlugInJars<TextEnvironment> here() {
        return PlugInJars.load(Path.of(FOLDER), KIND, BUILT_IN, "rollout-service itself");
    }

    /** What tells services where a run keeps its own. */
    static String argument(String runDirectory) {
        return "--tempo.rollout.environments="
                + Path.of(runDirectory).resolve(FOLDER).toAbsolutePath();
    }

    /** Copies the jars beside a run's own files: the run keeps them, whatever becomes of the directory. */
    static void keepFor(String runDirectory) {
        Path kept = Path.of(runDirectory).resolve(FOLDER);
        try {
            for (Path jar : PlugInJars.in(Path.of(FOLDER))) {
                Files.createDirectories(kept);
                Files.copy(jar, kept.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(kept + " cannot be written", unwritable);
        }
    }

    /** The contents of a run's jars, where a recipe's environment may come from them; else none. */
    static Map<String, String> hashes(@Nullable String environment, Path judges) {
        Map<String, String> hashes = new TreeMap<>();
        if (environment != null && !BUILT_IN.contains(environment)) {
            PlugInJars.in(judges.resolveSibling(FOLDER))
                    .forEach(jar -> hashes.put(jar.getFileName().toString(), Fingerprint.sha256(jar)));
        }
        return hashes;
    }
}
