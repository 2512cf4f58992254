package dev.tempo.standalone.command;

import dev.tempo.contract.UserException;
import dev.tempo.standalone.progress.RunView;
import dev.tempo.standalone.progress.Screen;
import dev.tempo.standalone.progress.WordsView;
import dev.tempo.standalone.quickstart.BaseFamily;
import dev.tempo.standalone.quickstart.ShippedWorld;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tempo pretrain}: the base models of the worlds that ship, made again. */
@Command(
        name = "pretrain",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes the base model and the data of a world and seed.",
            "It takes some minutes; stopped, it goes on where it was. The same seed gives the same bits. ./tempo run"
                    + " --seed N does it by itself where it is needed.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Model and data are written.",
            "1:They are there already, or cannot be written.",
            "2:The command line is not understood."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  ./tempo pretrain --seed 7 --out my-world",
            "  ./tempo pretrain --world words --seed 3",
            "  ./tempo pretrain --world words --seed 0 --family olmo3"
        })
public final class PretrainCommand implements Callable<Integer> {

    @Option(names = "--seed", paramLabel = "N", required = true, description = "The seed of the world to make.")
    private long seed;

    @Option(
            names = "--world",
            paramLabel = "NAME",
            defaultValue = "quickstart",
            description =
                    "quickstart; words, the same problems in English; or tellings, where they come in several wordings and"
                            + " half of them as multiple choice (default: ${DEFAULT-VALUE}).")
    private ShippedWorld world = ShippedWorld.QUICKSTART;

    @Option(
            names = "--family",
            paramLabel = "NAME",
            defaultValue = "qwen3",
            description =
                    "The model's architecture: qwen3, or in words and tellings also olmo3, whose directory is base-olmo3"
                            + " (default: ${DEFAULT-VALUE}).")
    private BaseFamily family = BaseFamily.QWEN3;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Where the model, as base/ or base-olmo3/, and the data files are written (default: recipes/WORLD/seedN of the"
                            + " project).")
    private @Nullable Path out;

    @Option(names = "--force", description = "Replace what is there.")
    private boolean force;

    @Override
    public Integer call() {
        if (!world.has(family)) {
            throw new UserException("there is no base model of family " + family.word() + " in the world "
                    + world.word() + "; say --world words");
        }
        Path directory = out != null
                ? out
                : Place.home().resolve("recipes").resolve(world.word()).resolve("seed" + seed);
        Path base = directory.resolve(family.directory());
        if (!force && Files.exists(base)) {
            throw new UserException(base + " is there already; --force replaces it");
        }
        try (RunView view = new WordsView(Screen.ofThisProcess(), false)) {
            world.make(seed, family, directory, new PretrainingProgress(view::underWay, world.steps()));
            view.note("base model and data of seed " + seed + " are in " + directory);
        }
        return 0;
    }
}
