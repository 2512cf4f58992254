package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.FileSystemUtils;

/**
 * {@code ./tempo run --resume RUN} as it is typed, after the broker has lost what it held: its directory was deleted, or the machine
 * lost power, at every stage and in both process modes.
 */
@LongForm
@ExtendWith(SharedSystem.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class LostBrokerCommandTest {
    private static final int REFUSED = 1;
    private static final String IN_ONE = "--single-jvm";
    private static final String IN_SIX = "--no-single-jvm";

    @TempDir
    private Path directory;

    private final Ports ports = RunningSystem.freePorts();

    @Test
    void aRunWhoseBrokerDirectoryIsDeletedUnderItStopsWithTheReasonAndIsResumedToTheSameBits(RunningSystem system)
            throws IOException {
        Workspace workspace = new Workspace(Files.createDirectories(directory.resolve("deleted")));
        TempoProcess first = begun(system, workspace, IN_ONE, 2);
        FileSystemUtils.deleteRecursively(broker(workspace));
        assertThat(first.status()).as(first.output()).isEqualTo(REFUSED);
        assertThat(first.output())
                .contains("tempo: the broker's log " + broker(workspace) + " was deleted while the broker was at work")
                .contains("go on with ./tempo run --resume " + run(workspace));
        assertThat(resumed(system, workspace, IN_SIX))
                .contains(
                        "the broker's log " + broker(workspace) + " is gone; what runs still need of it is made again");
    }

    @Test
    void aRunWhoseMachineLosesPowerTwiceIsResumedToTheSameBits(RunningSystem system) throws IOException {
        losePower(system, IN_ONE, 1, 3);
    }

    @Test
    void aDiskThatIsFullWherePolicysFilesAreWrittenStopsTheRunAndIsFreedToTheSameBits(RunningSystem system)
            throws IOException {
        Workspace workspace = new Workspace(Files.createDirectories(directory.resolve("full")));
        killAll(begun(system, workspace, IN_ONE, 2));
        Path checkpoints = files(workspace).policy().checkpoint().resolveSibling("");
        try (LossyDisk full = LossyDisk.withRoomFor(checkpoints, 1 << 16)) {
            String[] resume = {"run", "--resume=" + run(workspace), IN_ONE};
            TempoProcess stopped = TempoProcess.start(workspace, ports, resume);
            assertThat(stopped.status()).as(stopped.output()).isEqualTo(REFUSED);
            assertThat(stopped.output())
                    .contains("policy-service: stopped: cannot write " + checkpoints)
                    .contains("No space left on device");
            full.free();
            resumed(system, workspace, IN_ONE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {IN_ONE, IN_SIX})
    void aDiskThatIsFullWhereLogsAreWrittenIsNoTroubleOfTheRunAndNoneOnTheTerminal(String mode, RunningSystem system)
            throws IOException {
        Workspace workspace = new Workspace(Files.createDirectories(directory.resolve("full")));
        killAll(begun(system, workspace, mode, 2));
        Path logs = files(workspace).logs();
        try (LossyDisk full = LossyDisk.withRoomFor(logs, 1 << 12)) {
            assertThat(resumed(system, workspace, mode)).doesNotContain("ERROR", "java.io");
            full.free();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--single-jvm, 0, 2", "--single-jvm, 2, 4", "--single-jvm, 5, 6",
        "--no-single-jvm, 0, 0", "--no-single-jvm, 1, 3", "--no-single-jvm, 4, 6"
    })
    void atEveryStageInBothProcessModes(String mode, int first, int second, RunningSystem system) throws IOException {
        losePower(system, mode, first, second);
        Workspace workspace = new Workspace(Files.createDirectories(directory.resolve("deleted")));
        for (int version : new int[] {first, second}) {
            TempoProcess process = begun(system, workspace, mode, version);
            killAll(process);
            FileSystemUtils.deleteRecursively(broker(workspace));
        }
        resumed(system, workspace, mode);
    }

    private void losePower(RunningSystem system, String mode, int... versions) throws IOException {
        try (LossyDisk disk = LossyDisk.in(directory)) {
            Workspace workspace = new Workspace(disk.path());
            for (int version : versions) {
                TempoProcess process = begun(system, workspace, mode, version);
                killAll(process);
                disk.cutPower();
                // what the operating system calls its present start, which a test cannot change
                Files.writeString(broker(workspace).resolveSibling("kafka-2.boot"), "the start before");
            }
            assertThat(resumed(system, workspace, mode)).contains("the machine went down while the broker was at work");
        }
    }

    /** A run that is begun, or resumed, and has come to a version. */
    private TempoProcess begun(RunningSystem system, Workspace workspace, String mode, int version) {
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.add(
                workspace.runs().isEmpty() ? "--recipe=" + system.workload().recipe() : "--resume=" + run(workspace));
        if (mode.equals(IN_ONE)) {
            arguments.add(mode);
        }
        TempoProcess process = TempoProcess.start(workspace, ports, arguments.toArray(String[]::new));
        process.await(() -> !workspace.runs().isEmpty()
                && (version == 0 ? files(workspace).policy().checkpoint() : weights(workspace, version))
                        .toFile()
                        .exists());
        return process;
    }

    /** What it says. */
    private String resumed(RunningSystem system, Workspace workspace, String mode) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("run", "--resume=" + run(workspace)));
        if (mode.equals(IN_ONE)) {
            arguments.add(mode);
        }
        TempoProcess last = TempoProcess.start(workspace, ports, arguments.toArray(String[]::new));
        assertThat(last.status()).as(last.output()).isZero();
        Weights reference = system.reference();
        RunDirectory files = files(workspace);
        for (int version : new int[] {2, 4, 5, 6}) {
            assertThat(new ModelDirectory(files.policy().version(version)).sha256())
                    .isEqualTo(reference.policies().get(version));
        }
        for (int version : new int[] {2, 4}) {
            assertThat(new ModelDirectory(files.critic().version(version)).sha256())
                    .isEqualTo(reference.critics().get(version));
        }
        // each version and measurement, and each once
        assertThat(Files.readAllLines(files.metrics())).hasSize(7 + 7 + 4);
        assertThat(files.report()).exists();
        return last.output();
    }

    private static void killAll(TempoProcess process) {
        List<ProcessHandle> children = process.children();
        process.kill();
        children.forEach(ProcessHandle::destroyForcibly);
        process.status();
        children.forEach(child -> child.onExit().join());
    }

    private static Path broker(Workspace workspace) {
        return workspace.root().resolve(".tempo").resolve("kafka-2");
    }

    private static String run(Workspace workspace) {
        return workspace.runs().get(0);
    }

    private static RunDirectory files(Workspace workspace) {
        return new RunDirectory(workspace.run(run(workspace)));
    }

    private static Path weights(Workspace workspace, int version) {
        return files(workspace).policy().version(version).resolve("model.safetensors");
    }
}
