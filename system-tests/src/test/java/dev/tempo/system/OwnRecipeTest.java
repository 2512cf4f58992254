package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.recipes.RecipeFile;
import dev.tempo.standalone.command.FriendlyErrors;
import dev.tempo.standalone.command.RunCommand;
import dev.tempo.standalone.launch.Workspace;
import dev.tempo.standalone.quickstart.OwnRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(value = 30, unit = TimeUnit.MINUTES)
class OwnRecipeTest {
    @TempDir
    Path directory;

    @Test
    void whatInitWritesRunsAndLeavesARecipeThatStandsAlone() throws IOException {
        Path mine = directory.resolve("mine");
        new OwnRecipe(mine, Path.of("..").toAbsolutePath().normalize()).write("mine");
        Path recipe = Files.writeString(directory.resolve("short.yaml"), """
                extends: mine/recipe.yaml
                evaluation: {samples: 2, passAt: [2]}
                stages:
                  - {name: stage1, rounds: 1, questions: 4, samples: 2, criticWarmUp: 1, policy: {miniBatch: 8}}
                  - name: test-time
                    rounds: 1
                    questions: 4
                    samples: 2
                    recalibration: {questions: 4, samples: 2}
                """);
        Workspace workspace = new Workspace(directory.resolve("workspace"));

        int finished = new CommandLine(new RunCommand())
                .setExecutionExceptionHandler(new FriendlyErrors())
                .execute(
                        recipe.toString(),
                        "--single-jvm",
                        "--workspace=" + workspace.root(),
                        "--port-base=" + RunningSystem.freePorts().base());

        assertThat(finished).isZero();
        Path left = workspace.run(workspace.runs().get(0)).resolve("recipe.yaml");
        assertThat(left).content().doesNotContain("extends:");
        assertThat(RecipeFile.read(left, null)).isEqualTo(RecipeFile.read(recipe, null));
    }
}
