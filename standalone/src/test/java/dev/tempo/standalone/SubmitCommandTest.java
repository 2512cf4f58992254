package dev.tempo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.judging.plugin.JarBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./tempo submit} as it is typed, as far as it goes without a broker. */
class SubmitCommandTest {
    private static final int REFUSED = 1;

    @TempDir
    Path directory;

    private final StringWriter errors = new StringWriter();

    @Test
    void aRecipeThatNeedsAJarIsRefusedUntilItIsSaidThatTheServicesHaveIt() throws IOException {
        Path quickstart =
                Path.of("..", "recipes", "quickstart.yaml").toAbsolutePath().normalize();
        Path recipe = Files.writeString(
                directory.resolve("own.yaml"),
                "extends: " + quickstart + "\nname: own\njudges: {default: [palindrome]}\n");
        Path jars = Files.createDirectories(directory.resolve("judges"));
        new JarBuilder(directory).packExample(jars.resolve("palindrome.jar"));

        assertThat(submit(recipe, "--judges=" + jars)).isEqualTo(REFUSED);
        assertThat(errors.toString())
                .contains("submit sends no jars, and the recipe needs judge 'palindrome' of a jar")
                .contains("tempo.judge.directory", "--plug-ins-there");
        assertThat(directory.resolve("runs")).doesNotExist();

        errors.getBuffer().setLength(0);
        assertThat(submit(recipe, "--judges=" + jars, "--plug-ins-there")).isEqualTo(REFUSED);
        assertThat(errors.toString())
                .contains("no broker answers at 127.0.0.1:1 ")
                .doesNotContain("jars");
    }

    @Test
    void whatRunRefusesBeforeItBeginsIsRefusedBeforeAnythingIsSubmitted() throws IOException {
        Path quickstart =
                Path.of("..", "recipes", "quickstart.yaml").toAbsolutePath().normalize();
        Map<String, String> unfit = Map.of(
                "model: nowhere",
                "nowhere",
                "judges: {default: [no-such-judge]}",
                "no-such-judge",
                "data: {unlabeled: {file: absent.jsonl}}",
                "absent.jsonl",
                "data: {labeled: {file: " + quickstart.resolveSibling("quickstart/seed0/holdout.jsonl") + "}}",
                "holdout");
        for (Map.Entry<String, String> change : unfit.entrySet()) {
            errors.getBuffer().setLength(0);
            Path recipe = Files.writeString(
                    directory.resolve("unfit.yaml"),
                    "extends: " + quickstart + "\nname: unfit\n" + change.getKey() + "\n");
            assertThat(submit(recipe)).as(change.getKey()).isEqualTo(REFUSED);
            assertThat(errors.toString()).contains(change.getValue()).doesNotContain("no broker answers");
        }
        assertThat(directory.resolve("runs")).doesNotExist();
    }

    private int submit(Path recipe, String... more) {
        String[] all = new String[more.length + 4];
        all[0] = "submit";
        all[1] = recipe.toString();
        all[2] = "--bootstrap=127.0.0.1:1";
        all[3] = "--workspace=" + directory;
        System.arraycopy(more, 0, all, 4, more.length);
        return Tempo.commandLine().setErr(new PrintWriter(errors, true)).execute(all);
    }
}
