package dev.tempo.standalone.launch;

import dev.tempo.contract.Run;
import dev.tempo.plugin.TextEnvironment;
import dev.tempo.plugin.jar.PlugInJars;
import dev.tempo.plugin.jar.PlugInKind;
import dev.tempo.runs.RunDirectory;
import java.nio.file.Path;
import java.util.Set;

/** Jars with environments: those of the working directory, and those that a run keeps. */
public final class EnvironmentJars {
    /** The environments that come with rollout-service. */
    public static final Set<String> BUILT_IN = Set.of("calculator", "checked-arithmetic");

    /** The directory that a new run takes its environments from. */
    static final Path HERE = Path.of("environments");

    private EnvironmentJars() {}

    /** The environments that a new run would take with it. */
    public static PlugInJars<TextEnvironment> here() {
        return PlugInJars.load(HERE, PlugInKind.ENVIRONMENT, BUILT_IN, "rollout-service itself");
    }

    /** The argument that tells services where a run keeps its environments. */
    static String argument(Run run) {
        return "--tempo.rollout.environments="
                + RunDirectory.of(run).environments().toAbsolutePath();
    }
}
