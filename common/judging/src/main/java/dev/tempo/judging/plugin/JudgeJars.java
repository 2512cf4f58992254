package dev.tempo.judging.plugin;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.plugin.Judge;
import dev.tempo.plugin.jar.PlugInJars;
import dev.tempo.plugin.jar.PlugInKind;
import java.nio.file.Path;
import java.util.Collection;

/** The loader of judges from jars. */
public final class JudgeJars {
    private static final PlugInKind<Judge> KIND = new PlugInKind<>(Judge.class, "judge", "verdicts", Recipe.EXTERNAL);

    private JudgeJars() {}

    /**
     * The judges of the jars as they are now; later changes of the files do not reach what was loaded.
     *
     * @param directory may be missing: then there are none
     * @param taken names that no jar may give its judges
     */
    public static PlugInJars<Judge> load(Path directory, Collection<String> taken) {
        return PlugInJars.load(directory, KIND, taken, "judge-service itself");
    }
}
