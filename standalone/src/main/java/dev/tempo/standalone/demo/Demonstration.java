package dev.tempo.standalone.demo;

import dev.tempo.contract.Run;
import dev.tempo.contract.StageStart;
import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.eval.served.ServedAnswers;
import dev.tempo.recipes.RecipeFile;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.command.RunCommand;
import dev.tempo.standalone.launch.KeptRun;
import dev.tempo.standalone.launch.Launch;
import dev.tempo.standalone.launch.Workspace;
import dev.tempo.standalone.progress.Resumption;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run that serves and learns, with a client that asks it: which run that is, and what is asked. */
public final class Demonstration {
    private final Path file;
    private final AnswerKey key;
    private final @Nullable StageStart start;
    private final Optional<String> stopped;

    private Demonstration(Path file, AnswerKey key, @Nullable StageStart start, Optional<String> stopped) {
        this.file = file;
        this.key = key;
        this.start = start;
        this.stopped = stopped;
    }

    /**
     * A demonstration, with what it needs written.
     *
     * @param recipe a recipe's file
     * @param questions what is asked, with answers; null for the unlabeled questions of a shipped world
     * @param shuffled whether the critic learns from labels that are dealt out by chance
     * @throws UserException if the recipe does not serve and learn
     */
    static Demonstration of(Path recipe, @Nullable Path questions, boolean shuffled, Workspace workspace) {
        Recipe read = RecipeFile.read(recipe, null);
        if (read.data().arriving() == null || read.promotion() == null) {
            throw new UserException(
                    recipe + ": a demonstration lets questions arrive and promotes versions; the recipe needs"
                            + (read.data().arriving() == null ? " data.unlabeled.arriving" : "")
                            + (read.data().arriving() == null && read.promotion() == null ? " and" : "")
                            + (read.promotion() == null ? " promotion" : ""));
        }
        Path asked = questions == null
                ? Path.of(read.model()).resolveSibling("unlabeled-answers.jsonl")
                : questions.toAbsolutePath().normalize();
        AnswerKey key = AnswerKey.read(asked, read);
        Path file = recipe;
        String name = read.name();
        if (shuffled) {
            name += "-shuffled";
            file = ShuffledLabels.write(
                    read, recipe, name, workspace.demonstrations().resolve(name));
        }
        return new Demonstration(file, key, ShippedStage.startOf(read).orElse(null), stopped(workspace, name));
    }

    /** The newest run of a recipe that can be resumed. */
    private static Optional<String> stopped(Workspace workspace, String recipe) {
        return workspace.runs().stream()
                .map(id -> KeptRun.of(workspace, id))
                .filter(run -> run.state() == KeptRun.State.STOPPED
                        && run.submission() != null
                        && run.submission().recipe().name().equals(recipe))
                .max(Comparator.comparing(KeptRun::begun))
                .map(KeptRun::id);
    }

    /** The command that begins its run, or goes on with it. */
    public RunCommand command() {
        return new RunCommand().from(start).resumedBy(Resumption.BY_THE_SAME);
    }

    /** That command's arguments. */
    public List<String> arguments() {
        return stopped.map(run -> List.of("--resume", run)).orElseGet(() -> List.of(file.toString()));
    }

    /**
     * Begins to ask, on a thread that ends with the process.
     *
     * @param model the name that requests give
     * @param chats where the endpoint is, up to {@code /v1}
     * @param apiKey null where none is needed
     * @param arrivals where questions are sent, up to {@code /v1}
     */
    public void begin(Launch launch, String model, URI chats, @Nullable String apiKey, URI arrivals) {
        Run run = launch.run();
        RunDirectory files = RunDirectory.of(run);
        DemoClient client = new DemoClient(
                key,
                new PublicApi(model, run.recipe().generation(), chats, apiKey, arrivals),
                new ServedAnswers(files.served()),
                () -> Files.exists(files.submission()),
                () -> files.promotions().announced().size(),
                InstantSource.system());
        Thread asking = new Thread(client, "demo-client");
        asking.setDaemon(true);
        asking.setUncaughtExceptionHandler((thread, failure) ->
                System.err.println("tempo: the demonstration's client has ended: " + failure.getMessage()));
        Runtime.getRuntime().addShutdownHook(new Thread(client::stop, "stop-demo-client"));
        System.out.println("a client asks " + key.size()
                + " questions over and over and tells no answer; the page shows how many it is served right");
        System.out.flush();
        asking.start();
    }
}
