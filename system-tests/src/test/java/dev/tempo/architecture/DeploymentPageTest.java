package dev.tempo.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.messaging.Wire;
import dev.tempo.recipes.RecipeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/deployment.md that need no container, run as they stand there. */
class DeploymentPageTest {
    private static final Pattern NEW_ID = Pattern.compile("ID=.*?> \"\\$ID\\.json\"\n", Pattern.DOTALL);

    @TempDir
    Path checkout;

    @Test
    void theRecordOfARunIsTurnedIntoOneThatContainersUnderstand() throws IOException, InterruptedException {
        Path home = checkout.toRealPath();
        String commands = commands();
        Matcher names = Pattern.compile("ID=(\\S+); FROM=(\\S+)").matcher(commands);
        assertThat(names.find()).isTrue();
        String id = names.group(1);
        Path directory = Files.createDirectories(home.resolve("runs").resolve(names.group(2)));
        Run run = new Run(
                names.group(2),
                RunState.ACTIVE,
                RecipeFile.read(Project.file("recipes/quickstart.yaml"), null),
                new ModelReference(
                        home.resolve("recipes/quickstart/seed0/base").toUri().toString(), "0".repeat(64)),
                directory.toString(),
                null);
        String record = new String(Wire.write(run), StandardCharsets.UTF_8)
                .replace(
                        Project.file("recipes").toString(),
                        home.resolve("recipes").toString());
        Files.writeString(directory.resolve("run.json"), record);

        Process shell = new ProcessBuilder("/bin/sh", "-euc", commands)
                .directory(home.toFile())
                .inheritIO()
                .start();

        assertThat(shell.waitFor()).isZero();
        String text = Files.readString(home.resolve(id + ".json"));
        assertThat(text).doesNotContain(home.toString(), "\n");
        Run submitted = Wire.read(Run.class, text.getBytes(StandardCharsets.UTF_8));
        assertThat(submitted.run()).isEqualTo(id);
        assertThat(submitted.directory()).isEqualTo("/tempo/runs/" + id);
        assertThat(submitted.recipe().model()).startsWith("/tempo/recipes/quickstart/");
        assertThat(submitted.base().uri()).startsWith("file:///tempo/recipes/quickstart/");
        assertThat(submitted.recipe().rounds()).isEqualTo(run.recipe().rounds());
    }

    private static String commands() {
        Matcher matcher = NEW_ID.matcher(Project.text("docs/deployment.md"));
        assertThat(matcher.find()).isTrue();
        return matcher.group();
    }
}
