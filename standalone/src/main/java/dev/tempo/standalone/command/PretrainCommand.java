package dev.tempo.standalone.command;

import dev.tempo.standalone.launch.LaunchException;
import dev.tempo.standalone.launch.Terminal;
import dev.tempo.standalone.quickstart.BaseModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tempo pretrain}: the quickstart's base models, made again. */
@Command(
        name = "pretrain",
        mixinStandardHelpOptions = true,
        description = "Make the quickstart's base model and data of a seed. The same seed gives the same bits.")
public final class PretrainCommand implements Callable<Integer> {

    @Option(names = "--seed", paramLabel = "N", required = true, description = "The world to make.")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where base/ and the data files go (default: recipes/quickstart/seedN of the project).")
    private @Nullable Path out;

    @Option(names = "--force", description = "Replace what is there.")
    private boolean force;

    @Override
    public Integer call() {
        Path directory = out != null
                ? out
                : Place.home().resolve("recipes").resolve("quickstart").resolve("seed" + seed);
        if (!force && Files.exists(directory.resolve("base"))) {
            throw new LaunchException(directory.resolve("base") + " is there already; --force replaces it");
        }
        BaseModel.make(seed, directory, new PretrainingProgress(System.out, Terminal.isThere()));
        System.out.println("base model and data of seed " + seed + " are in " + directory);
        return 0;
    }
}
