package dev.tempo.judging.plugin;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.plugin.Judge;
import dev.tempo.plugin.jar.PlugInJars;
import dev.tempo.plugin.jar.PlugInKind;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * The judges of the jars in a directory, and what is wrong with those jars that gave none. A jar is used whole or not at
 * all.
 *
 * @param judges in order of their jars' names
 * @param problems each naming the jar, what is wrong and what to do
 */
public record JudgeJars(List<Judge> judges, List<String> problems) {
    private static final PlugInKind<Judge> KIND = new PlugInKind<>(Judge.class, "judge", "verdicts", Recipe.EXTERNAL);

    public JudgeJars {
        judges = List.copyOf(judges);
        problems = List.copyOf(problems);
    }

    /**
     * Loads the jars as they are now; later changes of the files do not reach what was loaded.
     *
     * @param directory may be missing: then there are none
     * @param taken names that no jar may give its judges
     */
    public static JudgeJars load(Path directory, Collection<String> taken) {
        PlugInJars<Judge> loaded = PlugInJars.load(directory, KIND, taken, "judge-service itself");
        return new JudgeJars(loaded.plugIns(), loaded.problems());
    }

    /** The jars of a directory in order of their names; none where there is no such directory. */
    public static List<Path> in(Path directory) {
        return PlugInJars.in(directory);
    }
}
