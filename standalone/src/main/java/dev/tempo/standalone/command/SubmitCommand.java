package dev.tempo.standalone.command;

import dev.tempo.contract.Check;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Topics;
import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.judging.AvailableJudges;
import dev.tempo.recipes.RecipeFile;
import dev.tempo.standalone.launch.BrokerConnection;
import dev.tempo.standalone.launch.EnvironmentJars;
import dev.tempo.standalone.launch.RunRecord;
import dev.tempo.standalone.status.RunLog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tempo submit}: a run for services that are there already. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Submits a recipe to a broker whose services run it, and returns.",
            "It makes the checks that run makes, here: model, questions and --runs are named to the services by their absolute"
                    + " paths on this machine, and must lie under the same paths where the services are. The services end the"
                    + " run by themselves; ./tempo status RUN says how far it is.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The run is submitted; its id is the first line.",
            "1:The run cannot begin; the last line says why.",
            "2:The command line is not understood."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tempo submit recipes/quickstart.yaml --bootstrap kafka:9092 --runs /tempo/runs",
            "  ./tempo submit my.yaml --bootstrap kafka:9092 --id my-run"
        })
public final class SubmitCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The recipe to run.")
    private Path file = Path.of("");

    @Option(
            names = "--bootstrap",
            required = true,
            paramLabel = "HOST:PORT",
            description =
                    "The address of the broker. Security settings come from the environment, as for the services.")
    private String bootstrap = "";

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The seed of world, base model and training (default: the recipe's).")
    private @Nullable Long seed;

    @Option(names = "--id", paramLabel = "RUN", description = "The id of the run (default: name, seed and time).")
    private @Nullable String id;

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            description = "The directory of runs that the services share (default: runs/ of the workspace).")
    private @Nullable Path runs;

    @Option(
            names = "--plug-ins-there",
            description = "The services have the jars with the judges and environments that the recipe names, which are"
                    + " not sent along.")
    private boolean plugInsThere;

    @Mixin
    private final JudgeOptions judgeOptions = new JudgeOptions();

    @Mixin
    private final Place place = new Place();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Recipe recipe = RecipeFile.read(file, seed);
        RecipeFitness.makeMissingBase(recipe, err::println, ignored -> {});
        try (AvailableJudges judges = judgeOptions.find()) {
            RecipeFitness.check(recipe, judges);
            refuseUnsentPlugIns(recipe, judges);
        }
        Run run = run(recipe);
        BrokerConnection.quietly(place.workspace());
        try (BrokerConnection connection = BrokerConnection.connect(bootstrap)) {
            connection.awaitReady(bootstrap);
            if (RunLog.read(connection).ids().contains(run.run())) {
                throw new UserException("run " + run.run() + " was submitted before; choose another --id");
            }
            RunRecord.submit(run, file);
            connection.publish(Topics.RUNS, run);
        }
        out.println(run.run());
        err.println("services must see the model " + recipe.model() + ", the recipe's questions and " + run.directory()
                + " under these paths; ./tempo status " + run.run() + " --bootstrap " + bootstrap
                + " says how far it is");
        return 0;
    }

    /** Nobody can ask a system which jars it has; what it has not got would fail or leave undecided every response. */
    private void refuseUnsentPlugIns(Recipe recipe, AvailableJudges judges) {
        Set<String> needed = new TreeSet<>();
        recipe.judges()
                .values()
                .forEach(chain -> chain.stream()
                        .filter(judges.fromJars()::contains)
                        .forEach(judge -> needed.add("judge '" + judge + "'")));
        String environment = recipe.generation().environment();
        if (environment != null && !EnvironmentJars.BUILT_IN.contains(environment)) {
            needed.add("environment '" + environment + "'");
        }
        if (!plugInsThere && !needed.isEmpty()) {
            throw new UserException("submit sends no jars, and the recipe needs " + String.join(" and ", needed)
                    + " of a jar; put the jar into tempo.judge.directory of every judge-service, or"
                    + " tempo.rollout.environments of every rollout-service, start these again, and add"
                    + " --plug-ins-there");
        }
    }

    private Run run(Recipe recipe) {
        String name = id == null ? RecipeFitness.newId(recipe) : id;
        if (!Check.NAME.matcher(name).matches()) {
            throw new UserException("--id may hold letters, digits, '.', '_' and '-' only but is '" + name + "'");
        }
        Path directory = runs == null
                ? place.workspace().run(name)
                : runs.toAbsolutePath().normalize().resolve(name);
        return new Run(name, RunState.ACTIVE, recipe, RecipeFitness.base(recipe), directory.toString(), null);
    }
}
