package dev.tempo.standalone.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.UserException;
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
                    .isInstanceOf(UserException.class)
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
    void theRunAtWorkIsKnownWithThePortsOfItsSystem() {
        Workspace workspace = new Workspace(directory);
        try (WorkspaceLock held = workspace.lock("./tempo run", notices::add)) {
            assertThat(workspace.runAtWork()).isEmpty();
            held.say("run mine-s0, port base 9100");
            assertThat(workspace.runAtWork()).contains("mine-s0");
            assertThat(workspace.portsAtWork()).contains(new Ports(9100));
        }
        assertThat(workspace.portsAtWork()).isEmpty();
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
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("a Kafka broker that no tempo started");
        }

        workspace.lock("./tempo run", notices::add).close();
    }

    @Test
    void itsRunsAreListedByName() throws IOException {
        Workspace workspace = new Workspace(directory);
        assertThat(workspace.runs()).isEmpty();

        run(workspace, "b");
        run(workspace, "a");
        Files.createDirectories(workspace.run("compare"));
        Files.writeString(directory.resolve("runs").resolve("notes.txt"), "");

        assertThat(workspace.runs()).containsExactly("a", "b");
    }

    @Test
    void aRunThatIsNotThereIsRefusedWithThoseOfNearIds() throws IOException {
        Workspace workspace = new Workspace(directory);
        assertThatThrownBy(() -> workspace.known("mine-s0-1")).hasMessageContaining("there is no run yet");
        run(workspace, "mine-s0-1127-055707");
        run(workspace, "other-s0-1127-060000");

        assertThat(workspace.known("other-s0-1127-060000")).isEqualTo(workspace.run("other-s0-1127-060000"));
        assertThatThrownBy(() -> workspace.known("mine-s0-1127-05570"))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("no run 'mine-s0-1127-05570'")
                .hasMessageEndingWith("did you mean mine-s0-1127-055707?");
        assertThatThrownBy(() -> workspace.known("zzz"))
                .hasMessageContaining("the latest are")
                .hasMessageContaining("other-s0-1127-060000");
    }

    @Test
    void noRunIsFoundOutsideOfIt() throws IOException {
        Workspace workspace = new Workspace(directory.resolve("own"));
        run(new Workspace(directory.resolve("foreign")), "a");
        run(workspace, "b");

        assertThatThrownBy(() -> workspace.known("../../foreign/runs/a")).isInstanceOf(UserException.class);
        assertThatThrownBy(() -> workspace.known("")).isInstanceOf(UserException.class);
    }

    private static void run(Workspace workspace, String id) throws IOException {
        Files.createDirectories(workspace.run(id));
        Files.writeString(workspace.run(id).resolve("run.json"), "{}");
    }
}
