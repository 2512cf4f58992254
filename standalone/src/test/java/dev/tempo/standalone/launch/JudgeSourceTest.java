package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeSourceTest {
    @TempDir
    Path directory;

    @Test
    void aRunKeepsTheJarsItBeganWith() throws IOException {
        Path jars = Files.createDirectory(directory.resolve("judges"));
        Path run = Files.createDirectory(directory.resolve("run"));
        Files.writeString(jars.resolve("poem.jar"), "one");
        Files.writeString(jars.resolve("notes.txt"), "no jar");

        new JudgeSource(jars, null).keepFor(run.toString());
        Files.writeString(jars.resolve("poem.jar"), "two");

        assertThat(run.resolve("judges/poem.jar")).hasContent("one");
        assertThat(run.resolve("judges/notes.txt")).doesNotExist();
    }

    @Test
    void withoutJarsNothingIsKept() {
        new JudgeSource(directory.resolve("none"), null).keepFor(directory.toString());

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void servicesAreToldOfDirectoryAndConfiguration() {
        assertThat(new JudgeSource(directory, directory.resolve("my.yaml")).arguments())
                .containsExactly(
                        "--tempo.judge.directory=" + directory,
                        "--spring.config.additional-location="
                                + directory.resolve("my.yaml").toUri());
    }
}
