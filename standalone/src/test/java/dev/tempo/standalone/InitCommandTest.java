package dev.tempo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.recipes.RecipeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class InitCommandTest {
    @TempDir
    Path directory;

    private final StringWriter errors = new StringWriter();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @Test
    void whatIsWrittenPassesTheDoctor() {
        Path mine = directory.resolve("mine");

        assertThat(execute("init", mine.toString())).isZero();
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("./tempo run " + mine.resolve("recipe.yaml"));

        execute("doctor", mine.resolve("recipe.yaml").toString(), "--port-base=23100");
        assertThat(output.toString(StandardCharsets.UTF_8))
                .contains(
                        "recipe.yaml: mine, 15 rounds",
                        "96 labeled and 32 unlabeled questions",
                        "32 questions, none of them")
                .doesNotContainPattern("PROBLEM  (model|judges|data|set|recipe)");
    }

    /** The lines marked "own:" take the place of those before them with the same field. */
    @Test
    void whatTheCommentsSayToWriteForACheckpointCanBeRead() throws IOException {
        Path file = directory.resolve("recipe.yaml");
        assertThat(execute("init", directory.toString())).isZero();
        List<String> lines = Files.readAllLines(file);
        for (int i = lines.size() - 1; i > 0; i--) {
            String line = lines.get(i);
            if (line.strip().startsWith("# own: ")) {
                String own = line.replace("# own: ", "");
                String field = own.substring(0, own.indexOf(':') + 1);
                lines.set(i, own);
                if (lines.get(i - 1).startsWith(field)) {
                    lines.remove(i - 1);
                }
            }
        }
        Files.write(file, lines);

        Recipe own = RecipeFile.read(file, null);

        assertThat(own.model()).isEqualTo(System.getProperty("user.home") + "/models/Qwen3-0.6B");
        assertThat(own.training()).isNotNull();
        assertThat(own.generation().chat()).isNotNull();
        assertThat(own.generation().environment()).isNull();
        assertThat(own.generation().ask("1+1?")).isEqualTo("1+1?\n\nPut your final answer within \\boxed{}.");
        assertThat(own.judges()).containsEntry("default", List.of("math"));
        assertThat(own.stages())
                .extracting((Stage stage) -> stage.policy().optimizer().learningRate())
                .containsOnly(1e-5);
        assertThat(own.stages())
                .extracting((Stage stage) -> stage.critic().optimizer().learningRate())
                .containsOnly(1e-5);
    }

    @Test
    void nothingThatIsThereIsWrittenOver() throws IOException {
        Path there = Files.writeString(directory.resolve("labeled.jsonl"), "mine\n");

        assertThat(execute("init", directory.toString())).isEqualTo(CommandLine.ExitCode.SOFTWARE);

        assertThat(errors.toString()).contains("labeled.jsonl is there already").hasLineCount(1);
        assertThat(there).hasContent("mine\n");
        assertThat(directory.resolve("recipe.yaml")).doesNotExist();
        assertThat(execute("init", there.toString())).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("labeled.jsonl is a file; name a directory");
    }

    @Test
    void aDirectoryWhoseNameNoRunCanHaveGetsARecipeWithAnother() {
        Path mine = directory.resolve("my questions");

        assertThat(execute("init", mine.toString())).isZero();

        assertThat(RecipeFile.read(mine.resolve("recipe.yaml"), null).name()).isEqualTo("mine");
    }

    private int execute(String... arguments) {
        PrintStream before = System.out;
        String home = System.getProperty("tempo.home");
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        System.setProperty(
                "tempo.home", Path.of("..").toAbsolutePath().normalize().toString());
        try {
            return Tempo.commandLine().setErr(new PrintWriter(errors, true)).execute(arguments);
        } finally {
            System.setOut(before);
            if (home == null) {
                System.clearProperty("tempo.home");
            } else {
                System.setProperty("tempo.home", home);
            }
        }
    }
}
