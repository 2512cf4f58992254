package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    @TempDir
    Path directory;

    @Test
    void oneLauncherAtATimeWorksInIt() throws IOException {
        Workspace workspace = new Workspace(directory);
        try (FileChannel held = workspace.lock()) {
            assertThat(held.isOpen()).isTrue();
            assertThatThrownBy(workspace::lock)
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining("another tempo is at work")
                    .hasMessageContaining("--workspace");
        }

        try (FileChannel again = workspace.lock()) {
            assertThat(again.isOpen()).isTrue();
        }
    }

    @Test
    void itsRunsAreListedByName() throws IOException {
        Workspace workspace = new Workspace(directory);
        assertThat(workspace.runs()).isEmpty();

        Files.createDirectories(workspace.run("b"));
        Files.createDirectories(workspace.run("a"));
        Files.writeString(directory.resolve("runs").resolve("notes.txt"), "");

        assertThat(workspace.runs()).containsExactly("a", "b");
    }

    @Test
    void aRunThatIsNotThereIsNamedWithThoseThatAre() throws IOException {
        Workspace workspace = new Workspace(directory);
        Files.createDirectories(workspace.run("a"));

        assertThatThrownBy(() -> RunRecord.read(workspace, "c"))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("no run 'c'")
                .hasMessageContaining("[a]");
    }
}
