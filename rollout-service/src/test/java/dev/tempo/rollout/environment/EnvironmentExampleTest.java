package dev.tempo.rollout.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.plugin.TextEnvironment;
import dev.tempo.plugin.jar.PlugInJars;
import dev.tempo.plugin.jar.PlugInKind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/environments.md shows is what is packed here, against tempo-plugin-api alone. */
class EnvironmentExampleTest {
    private static final PlugInKind<TextEnvironment> KIND =
            new PlugInKind<>(TextEnvironment.class, "environment", "texts", null);
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path directory = Path.of("");

    @Test
    void theCommandsOfTheDocumentationPackAnEnvironmentThatWrites() throws IOException, InterruptedException {
        ProcessBuilder script = new ProcessBuilder("sh", "examples/environments/java/pack.sh", directory.toString())
                .directory(ROOT.toFile())
                .inheritIO();
        script.environment()
                .merge(
                        "PATH",
                        System.getProperty("java.home") + "/bin",
                        (path, jdk) -> jdk + File.pathSeparator + path);
        assertThat(script.start().waitFor()).isZero();

        PlugInJars<TextEnvironment> jars = PlugInJars.load(directory, KIND, Set.of(), "rollout-service itself");

        assertThat(jars.problems()).isEmpty();
        TextEnvironment calculator = jars.plugIns().get(0);
        assertThat(calculator.name()).isEqualTo("marked-calculator");
        assertThat(calculator.next("", "He pays <<12*3=")).isEqualTo("36>>");
        assertThat(calculator.next("", "He pays <<12*3=36>>")).isNull();
    }

    @Test
    void aNameThatIsTakenIsRefused() throws IOException, InterruptedException {
        theCommandsOfTheDocumentationPackAnEnvironmentThatWrites();

        PlugInJars<TextEnvironment> jars =
                PlugInJars.load(directory, KIND, List.of("marked-calculator"), "rollout-service itself");

        assertThat(jars.plugIns()).isEmpty();
        assertThat(jars.problems())
                .singleElement()
                .asString()
                .contains("like an environment of rollout-service itself");
    }

    @Test
    void everyExampleIsShownAsItIs() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/environments.md"));

        for (String example : List.of("MarkedCalculator.java", "pack.sh")) {
            assertThat(page).contains(Files.readString(ROOT.resolve("examples/environments/java/" + example)));
        }
    }
}
