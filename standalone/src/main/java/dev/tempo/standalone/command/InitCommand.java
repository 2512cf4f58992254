package dev.tempo.standalone.command;

import dev.tempo.contract.Check;
import dev.tempo.contract.UserException;
import dev.tempo.standalone.progress.TypedCommand;
import dev.tempo.standalone.quickstart.OwnRecipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code tempo init}: a recipe to begin with. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Writes a commented recipe and small data files, to put your own questions and checkpoint into. They run as they"
                    + " are, on the quickstart's tiny model.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The files are written.",
            "1:They are not, and the reason is said.",
            "2:The command line is not understood."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ./tempo init mine", "  ./tempo run mine/recipe.yaml"})
public final class InitCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "A new directory, or one without a recipe.")
    private Path directory = Path.of("");

    @Override
    public Integer call() {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new UserException(directory + " is a file; name a directory");
        }
        OwnRecipe own = new OwnRecipe(directory, Place.home());
        for (Path file : own.files()) {
            if (Files.exists(file)) {
                throw new UserException(file + " is there already; name another directory, or move the file away");
            }
        }
        String last = directory.toAbsolutePath().normalize().getFileName() + "";
        own.write(Check.NAME.matcher(last).matches() ? last : "mine");
        System.out.println("written: "
                + own.files().stream()
                        .map(Path::toString)
                        .reduce((a, b) -> a + ", " + b)
                        .orElseThrow());
        System.out.println("check    " + TypedCommand.name() + " doctor " + own.file());
        System.out.println("run      " + TypedCommand.name() + " run " + own.file());
        System.out.println("then put your own questions and checkpoint in: the recipe's comments say where");
        return 0;
    }
}
