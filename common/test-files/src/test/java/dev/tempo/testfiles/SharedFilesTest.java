package dev.tempo.testfiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.TestAbortedException;

class SharedFilesTest {
    private final @Nullable String before = System.getProperty("TEMPO_SHARED");

    @TempDir
    Path directory;

    @BeforeEach
    void nameTheFolder() {
        System.setProperty("TEMPO_SHARED", directory.toString());
    }

    @AfterEach
    void nameItAsBefore() {
        if (before == null) {
            System.clearProperty("TEMPO_SHARED");
        } else {
            System.setProperty("TEMPO_SHARED", before);
        }
    }

    @Test
    void thePropertyNamesTheFolder() throws IOException {
        Path file = write("fixtures/one.json");

        assertThat(SharedFiles.at("fixtures/one.json")).isEqualTo(file).isAbsolute();
        assertThat(SharedFiles.at("fixtures")).isEqualTo(file.getParent());
    }

    @Test
    void aMissingFileSkipsTheTestAndSaysWhatIsMissingWhere() {
        assertThatThrownBy(() -> SharedFiles.at("fixtures/one.json"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContainingAll("fixtures/one.json", directory.toString(), "TEMPO_SHARED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void anEmptyNameIsNone(String name) {
        System.setProperty("TEMPO_SHARED", name);

        assertThatThrownBy(() -> SharedFiles.at("fixtures/nobody-has-this.json"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContainingAll("fixtures/nobody-has-this.json", "../shared", "TEMPO_SHARED");
    }

    @Test
    void theNearestFolderThatHasTheFileIsTaken() throws IOException {
        Path module = Files.createDirectories(directory.resolve("work/checkout/module"));
        Path far = write("shared/far.json");
        write("shared/both.json");
        Path near = write("work/shared/both.json");

        assertThat(SharedFiles.nearest("both.json", module)).isEqualTo(near);
        assertThat(SharedFiles.nearest("far.json", module)).isEqualTo(far);
    }

    private Path write(String path) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "{}");
    }
}
