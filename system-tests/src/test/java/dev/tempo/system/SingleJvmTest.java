package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.recipes.RecipeFile;
import dev.tempo.runs.TrainerFiles;
import dev.tempo.standalone.command.CompareCommand;
import dev.tempo.standalone.command.FriendlyErrors;
import dev.tempo.standalone.command.RecomputeCommand;
import dev.tempo.standalone.command.RunCommand;
import dev.tempo.standalone.command.TimelineCommand;
import dev.tempo.standalone.launch.Fingerprint;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

@ExtendWith(SharedSystem.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class SingleJvmTest {

    @Test
    void theCommandInOneJvmEndsInTheBitsOfFiveProcessesAndItsScoresCanBeRecomputed(RunningSystem system)
            throws IOException {
        Weights reference = system.reference();
        Workspace workspace = new Workspace(system.root().resolve("single"));
        Ports ports = RunningSystem.freePorts();

        int finished = execute(
                new RunCommand(),
                workspace,
                ports,
                "--recipe=" + system.workload().recipe(),
                "--single-jvm");

        assertThat(finished).isZero();
        assertThat(workspace.runs()).hasSize(1);
        String run = workspace.runs().get(0);
        Path directory = workspace.run(run);
        for (int version : new int[] {2, 4, 5, 6}) {
            assertThat(weights(directory, "policy", version))
                    .isEqualTo(reference.policies().get(version));
        }
        for (int version : new int[] {2, 4}) {
            assertThat(weights(directory, "critic", version))
                    .isEqualTo(reference.critics().get(version));
        }
        assertThat(directory.resolve("final").resolve("model.safetensors"))
                .hasSameBinaryContentAs(
                        system.directory("undisturbed").resolve("final").resolve("model.safetensors"));
        assertThat(RecipeFile.read(directory.resolve("recipe.yaml"), null))
                .isEqualTo(RecipeFile.read(system.workload().recipe(), null));
        assertThat(Files.isRegularFile(directory.resolve("report.md"))).isTrue();
        assertThat(execute(new RecomputeCommand(), workspace, ports, run)).isZero();
        assertThat(execute(new TimelineCommand(), workspace, ports, run, "--from=3"))
                .isZero();

        String timeline = TrainerFiles.listing(directory.resolve("timeline"));
        assertThat(timeline).contains("critic-service@", "launcher@");
        String shorter = "--recipe=" + system.workload().variant("one-round", "rounds: 1");
        assertThat(execute(new RunCommand(), workspace, ports, shorter, "--single-jvm"))
                .isZero();
        assertThat(TrainerFiles.listing(directory.resolve("timeline")))
                .as("services that read of a run that is over leave nothing there")
                .isEqualTo(timeline);
        String other = workspace.runs().stream()
                .filter(id -> id.startsWith("one-round"))
                .findFirst()
                .orElseThrow();
        assertThat(workspace.run(other).resolve("cached-reports.json"))
                .content()
                .contains(run);
        assertThat(workspace.run(other).resolve("policy").resolve("v00001")).doesNotExist();
        assertThat(weights(workspace.run(other), "policy", 3))
                .isEqualTo(reference.policies().get(3));
        Path compared = system.root().resolve("compared");
        assertThat(execute(new CompareCommand(), workspace, ports, run, other, "--out=" + compared))
                .isZero();
        assertThat(compared.resolve("compare.md")).content().contains(run, other);
    }

    private static String weights(Path run, String kind, int version) {
        return Fingerprint.sha256(
                run.resolve(kind).resolve("v%05d".formatted(version)).resolve("model.safetensors"));
    }

    private static int execute(Object command, Workspace workspace, Ports ports, String... arguments) {
        CommandLine line = new CommandLine(command).setExecutionExceptionHandler(new FriendlyErrors());
        String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--workspace=" + workspace.root();
        all[arguments.length + 1] = "--port-base=" + ports.base();
        return line.execute(all);
    }
}
