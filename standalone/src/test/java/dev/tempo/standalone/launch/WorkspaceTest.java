package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
    @TempDir
    Path directory;

    private final List<String> notices = new ArrayList<>();

    @Test
    void oneLauncherAtATimeWorksInItAndOthersAreToldInALineWhoItIs() {
        Workspace workspace = new Workspace(directory);
        try (WorkspaceLock held = workspace.lock("./tempo run", notices::add)) {
            held.say("run mine-s0");
            assertThatThrownBy(() -> workspace.lock("./tempo run", notices::add))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining("another tempo is at work")
                    .hasMessageContaining("process " + ProcessHandle.current().pid() + ", run mine-s0")
                    .hasMessageContaining("--workspace")
                    .hasMessageNotContaining("\n");
        }

        try (WorkspaceLock again = workspace.lock("./tempo run", notices::add)) {
            assertThat(again).isNotNull();
        }
        assertThat(notices).isEmpty();
    }

    @Test
    void aBrokerThatNoLauncherKnowsIsNotDisturbed() throws IOException {
        Workspace workspace = new Workspace(directory);
        Files.createDirectories(workspace.broker());
        try (FileChannel broker = FileChannel.open(
                        workspace.broker().resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = broker.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertThatThrownBy(() -> workspace.lock("./tempo run", notices::add))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContaining("a Kafka broker that no tempo started");
        }

        workspace.lock("./tempo run", notices::add).close();
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
