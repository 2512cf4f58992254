package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.fixtures.Damage;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.util.FileSystemUtils;

/** {@code ./tempo run --resume RUN} as it is typed, after files of the run were damaged or deleted. */
@LongForm
@ExtendWith(SharedSystem.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class LostFilesCommandTest {
    private static final int REFUSED = 1;

    @Test
    void aRunStopsWithoutCheckpointsAndEndsInTheSameBitsWithTheOlderOne(RunningSystem system) throws IOException {
        Weights reference = system.reference();
        Workspace workspace = new Workspace(system.root().resolve("lost"));
        Ports ports = RunningSystem.freePorts();
        TempoProcess first = TempoProcess.start(
                workspace,
                ports,
                "run",
                "--single-jvm",
                "--recipe=" + system.workload().recipe());
        first.await(() -> workspace.runs().stream()
                .anyMatch(run -> Files.exists(
                        new RunDirectory(workspace.run(run)).policy().version(2).resolve("model.safetensors"))));
        first.kill();
        first.status();
        String run = workspace.runs().get(0);
        RunDirectory files = new RunDirectory(workspace.run(run));
        String[] resume = {"run", "--resume=" + run, "--single-jvm"};
        Path checkpoints = files.policy().checkpoint().resolveSibling("");

        Path elsewhere = Files.move(checkpoints, system.root().resolve("checkpoints-of-the-policy"));
        assertThat(refused(workspace, ports, resume))
                .contains("policy-service: stopped: ")
                .contains(files.policy().checkpoint() + " is missing")
                .contains("./tempo run " + files.recipe());

        FileSystemUtils.deleteRecursively(checkpoints);
        Files.move(elsewhere, checkpoints);
        Path critics = files.critic().checkpoint().resolveSibling("");
        Path kept = Files.move(critics, system.root().resolve("checkpoints-of-the-critic"));
        assertThat(refused(workspace, ports, resume))
                .contains("critic-service: stopped: ")
                .contains(files.critic().checkpoint() + " is missing");
        FileSystemUtils.deleteRecursively(critics);
        Files.move(kept, critics);
        byte[] submission = Files.readAllBytes(files.submission());
        Damage.TORN.to(files.submission());
        assertThat(refused(workspace, ports, resume))
                .contains(files.submission().toString());
        Files.write(files.submission(), submission);
        Damage.FLIPPED.to(files.policy().checkpoint());
        Damage.FLIPPED.to(files.critic().checkpoint());
        Damage.TORN.to(newestWeights(files.path().resolve("policy")));
        TempoProcess resumed = TempoProcess.start(workspace, ports, resume);
        assertThat(resumed.status()).as(resumed.output()).isZero();
        for (int version : new int[] {2, 4, 5, 6}) {
            assertThat(new ModelDirectory(files.policy().version(version)).sha256())
                    .isEqualTo(reference.policies().get(version));
        }
        for (int version : new int[] {2, 4}) {
            assertThat(new ModelDirectory(files.critic().version(version)).sha256())
                    .isEqualTo(reference.critics().get(version));
        }
        assertThat(warnings(files.logs()))
                .anyMatch(line -> line.contains(files.policy().checkpoint() + " is damaged"))
                .anyMatch(line -> line.contains(files.critic().checkpoint() + " is damaged"));
    }

    /** The line in which a command says why it does not do what is asked. */
    private static String refused(Workspace workspace, Ports ports, String... command) {
        TempoProcess process = TempoProcess.start(workspace, ports, command);
        assertThat(process.status()).as(process.output()).isEqualTo(REFUSED);
        List<String> words = process.output()
                .lines()
                .filter(line -> line.startsWith("tempo: "))
                .toList();
        assertThat(words).as(process.output()).hasSize(1);
        return words.get(0);
    }

    private static Path newestWeights(Path versions) throws IOException {
        try (Stream<Path> listed = Files.list(versions)) {
            return listed.map(version -> version.resolve("model.safetensors"))
                    .filter(Files::exists)
                    .max(Path::compareTo)
                    .orElseThrow();
        }
    }

    private static List<String> warnings(Path logs) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            return files.flatMap(LostFilesCommandTest::lines)
                    .filter(line -> line.contains("the checkpoint before the newest"))
                    .toList();
        }
    }

    private static Stream<String> lines(Path log) {
        try {
            return Files.readAllLines(log).stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
