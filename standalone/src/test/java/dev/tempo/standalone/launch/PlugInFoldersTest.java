package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlugInFoldersTest {
    @TempDir
    Path directory;

    @Test
    void aRunKeepsTheJarsItBeganWith() throws IOException {
        Path jars = Files.createDirectory(directory.resolve("judges"));
        Path run = Files.createDirectory(directory.resolve("run"));
        Files.writeString(jars.resolve("poem.jar"), "one");
        Files.writeString(jars.resolve("notes.txt"), "no jar");

        new PlugInFolders(jars, directory.resolve("none"))
                .copyTo(new PlugInFolders(run.resolve("judges"), run.resolve("environments")));
        Files.writeString(jars.resolve("poem.jar"), "two");

        assertThat(run.resolve("judges/poem.jar")).hasContent("one");
        assertThat(run.resolve("judges/notes.txt")).doesNotExist();
    }

    @Test
    void withoutJarsNothingIsKept() {
        Path none = directory.resolve("none");

        new PlugInFolders(none, none)
                .copyTo(new PlugInFolders(directory.resolve("judges"), directory.resolve("environments")));

        assertThat(directory).isEmptyDirectory();
    }
}
