package dev.tempo.judging.plugin;

import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.judging.Judges;
import dev.tempo.plugin.Judge;
import dev.tempo.plugin.jar.PlugInJars;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The plug-ins of runs: each run is judged by those that it began with. The launcher puts them beside the run's other
 * files, so that a resumed run has them again. Where that directory cannot be read from here, the service's own
 * directory counts, as it is when the run's first message arrives. New and changed jars are for runs that begin later.
 */
public final class RunPlugIns {
    private static final String FOLDER = "judges";

    private final Judges judges;
    private final Path directory;

    /**
     * The plug-ins of runs that are not known yet.
     *
     * @param directory of the jars for runs that bring none
     */
    public RunPlugIns(Judges judges, Path directory) {
        this.judges = judges;
        this.directory = directory;
    }

    /** The directory in which a run keeps the jars that it began with. */
    public static Path of(String runDirectory) {
        return Path.of(runDirectory).resolve(FOLDER);
    }

    /** The run with chains that name its own plug-ins; those of a finished run are let go. */
    public Run bind(Run run) {
        if (run.state().isOver()) {
            judges.forget(run.run());
            return run;
        }
        if (run.state() != RunState.ACTIVE || !namesOthers(run.recipe())) {
            return run;
        }
        if (!judges.knows(run.run())) {
            Path own = of(run.directory());
            PlugInJars<Judge> jars = JudgeJars.load(Files.isDirectory(own) ? own : directory, judges.names());
            judges.add(run.run(), jars.plugIns(), jars.problems());
        }
        Map<String, List<String>> chains = new LinkedHashMap<>();
        run.recipe()
                .judges()
                .forEach((domain, chain) -> chains.put(
                        domain,
                        chain.stream()
                                .map(name -> judges.nameIn(run.run(), name))
                                .toList()));
        return run.withRecipe(run.recipe().withJudges(chains));
    }

    private boolean namesOthers(Recipe recipe) {
        List<String> own = judges.names();
        return recipe.judges().values().stream()
                .flatMap(List::stream)
                .anyMatch(name -> !own.contains(name) && !name.equals(Recipe.EXTERNAL));
    }
}
