package dev.tempo.standalone.demo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.UserException;
import dev.tempo.standalone.launch.Workspace;
import dev.tempo.standalone.serve.ServeCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoOptionsTest {
    private static final Path RECIPES =
            Path.of("..", "recipes").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    @Test
    void whatGoesWithADemonstrationIsRefusedWithoutOne() {
        refused(() -> options("--shuffle-labels").wanted(), "--shuffle-labels goes with --demo only");
        refused(() -> options("--questions=x.jsonl").wanted(), "--questions goes with --demo only");
    }

    @Test
    void aDemonstrationTakesARecipeWithQuestionsOrNothing() {
        Workspace workspace = new Workspace(directory);
        String recipe = RECIPES.resolve("words-demo.yaml").toString();
        refused(() -> options("--demo").prepared("my-run", workspace), "there is no file my-run");
        refused(
                () -> options("--demo")
                        .prepared(RECIPES.resolve("words/seed0/base").toString(), workspace),
                "--demo takes a recipe, or nothing");
        refused(() -> options("--demo").prepared(recipe, workspace), "needs --questions FILE");
        refused(() -> options("--demo", "--questions=x.jsonl").prepared("", workspace), "goes with a RECIPE");
        refused(
                () -> options("--demo", "--questions=" + directory.resolve("gone.jsonl"))
                        .prepared(recipe, workspace),
                "gone.jsonl: no such file");
    }

    @Test
    void whatIsServedHasToBeNamedWithoutADemonstration() throws IOException {
        assertThatThrownBy(() -> execute())
                .isInstanceOf(CommandLine.ParameterException.class)
                .hasMessageContaining("MODEL|RUN|RECIPE");
        Path mine = Files.writeString(directory.resolve("labels.yaml"), "x");
        refused(() -> execute(mine.toString(), "--shuffle-labels"), "goes with --demo only");
    }

    private static int execute(String... arguments) throws InterruptedException {
        ServeCommand command = new ServeCommand();
        new CommandLine(command).parseArgs(arguments);
        return command.call();
    }

    private static void refused(ThrowingCallable what, String words) {
        assertThatThrownBy(what).isInstanceOf(UserException.class).hasMessageContaining(words);
    }

    private static DemoOptions options(String... arguments) {
        DemoOptions options = new DemoOptions();
        CommandLine.populateCommand(options, arguments);
        return options;
    }
}
