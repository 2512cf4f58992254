package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.command.CancelCommand;
import dev.tempo.standalone.command.FriendlyErrors;
import dev.tempo.standalone.command.PauseCommand;
import dev.tempo.standalone.command.ReportCommand;
import dev.tempo.standalone.command.ResumeCommand;
import dev.tempo.standalone.command.StatusCommand;
import dev.tempo.standalone.command.SubmitCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Runs that services alone see through, and the commands by which an operator deals with them. */
@ExtendWith(SharedSystem.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class RunWithoutLauncherTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int REFUSED = 1;
    private static final int NOT_OVER = 3;
    private static final int CANCELLED = 4;
    private static final int LAST = 24;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void aSubmittedRunIsPausedGoesOnAndEndsByItselfInTheFilesThatALauncherLeaves(RunningSystem system)
            throws IOException {
        Path recipe = longer(system);
        Weights reference = system.finished("launched", recipe);
        RunDirectory launched = new RunDirectory(system.directory("launched"));

        assertThat(submit(system, "submitted", recipe)).as(errors.toString()).isZero();
        executeInMidRun(system, new PauseCommand(), "submitted");
        assertThat(output.toString().lines()).contains("submitted");
        assertThat(submit(system, "submitted", recipe)).isEqualTo(REFUSED);
        assertThat(errors.toString()).contains("run submitted was submitted before; choose another --id");
        ServiceProcess.of("dev.tempo.policy.PolicyService").kill();
        JsonNode paused = status(system, "submitted", NOT_OVER);
        assertThat(paused.get("state").asString()).isEqualTo("paused");
        awaitRestart(system);
        assertThat(version(system, "submitted")).isLessThan(LAST);
        assertThat(execute(system, new ResumeCommand(), "submitted")).isZero();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> Files.exists(new RunDirectory(system.directory("submitted")).summary()));
        RunDirectory files = new RunDirectory(system.directory("submitted"));
        Awaitility.await().atMost(PATIENCE).until(() -> execute(system, new StatusCommand(), "submitted") == 0);

        assertThat(status(system, "submitted", 0).get("state").asString()).isEqualTo("finished");
        assertThat(system.records().weights("submitted")).isEqualTo(reference);
        assertThat(contents(files.finalModel(), "submitted")).isEqualTo(contents(launched.finalModel(), "launched"));
        assertThat(files.report()).content().contains("submitted");
        assertThat(RunTraces.metrics(files.path())).isEqualTo(RunTraces.metrics(launched.path()));
        assertThat(execute(system, new ReportCommand(), "submitted")).isZero();
        assertThat(output.toString()).contains(files.report().toString());
        Path again = system.root().resolve("report-again");
        assertThat(execute(system, new ReportCommand(), "submitted", "--out=" + again))
                .isZero();
        assertThat(again.resolve("report.md")).exists();
        assertThat(execute(system, new PauseCommand(), "submitted")).isEqualTo(REFUSED);
        assertThat(errors.toString()).contains("run submitted is finished");
        assertThat(execute(system, new CancelCommand(), "submited")).isEqualTo(REFUSED);
        assertThat(errors.toString()).contains("the broker knows no run 'submited'; did you mean submitted");
    }

    @LongForm
    @Test
    void aCancelledRunStaysCancelledOverARestartAndLeavesNoFinalModel(RunningSystem system) throws IOException {
        assertThat(submit(system, "given-up", longer(system)))
                .as(errors.toString())
                .isZero();
        executeInMidRun(system, new CancelCommand(), "given-up");
        status(system, "given-up", CANCELLED);
        ServiceProcess.of("dev.tempo.policy.PolicyService").kill();
        awaitRestart(system);
        int reached = version(system, "given-up");

        assertThat(execute(system, new ResumeCommand(), "given-up")).isEqualTo(REFUSED);
        assertThat(errors.toString()).contains("run given-up is cancelled");
        assertThat(status(system, "given-up", CANCELLED).get("state").asString())
                .isEqualTo("cancelled");
        // Another run goes through the same services meanwhile.
        Path shorter = system.workload().variant("after-it", "rounds: 1");
        assertThat(submit(system, "after-it", shorter)).as(errors.toString()).isZero();
        Awaitility.await().atMost(PATIENCE).until(() -> execute(system, new StatusCommand(), "after-it") == 0);
        RunDirectory files = new RunDirectory(system.directory("given-up"));
        assertThat(version(system, "given-up")).isEqualTo(reached).isLessThan(LAST);
        assertThat(files.finalModel()).doesNotExist();
        assertThat(files.summary()).doesNotExist();
        assertThat(files.policy().checkpoint()).exists();
        assertThat(new RunDirectory(system.directory("after-it")).finalModel()).isDirectory();
    }

    /** The tiny recipe with so many rounds that a command comes in their midst, however fast the machine. */
    private static Path longer(RunningSystem system) throws IOException {
        return system.workload().variant("longer", "rounds: " + (LAST - TinyWorkload.FIRST_OF_TEST_TIME));
    }

    private int submit(RunningSystem system, String id, Path recipe) {
        return execute(
                system,
                new SubmitCommand(),
                recipe.toString(),
                "--id=" + id,
                "--runs=" + system.directory(id).getParent());
    }

    private JsonNode status(RunningSystem system, String run, int expected) {
        int before = output.toString().length();
        assertThat(execute(system, new StatusCommand(), run, "--json"))
                .as(errors.toString())
                .isEqualTo(expected);
        return JsonMapper.shared().readTree(output.toString().substring(before));
    }

    private static int version(RunningSystem system, String run) {
        return system.records().policies(run).stream()
                .mapToInt(version -> version.version())
                .max()
                .orElse(-1);
    }

    private static void awaitVersion(RunningSystem system, String run, int version) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(PATIENCE)
                .until(() -> version(system, run) >= version);
    }

    /** Until policy-service, which was killed, has been started again and knows what is wanted of its runs. */
    private static void awaitRestart(RunningSystem system) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> system.get(dev.tempo.standalone.launch.Service.POLICY, "/actuator/health")
                        .filter(health -> health.contains("\"status\":\"UP\""))
                        .isPresent());
    }

    /** While the worker stands still, so that the run is where it was when the command is there. */
    private void executeInMidRun(RunningSystem system, Object command, String run) {
        awaitVersion(system, run, 1);
        ServiceProcess worker = ServiceProcess.of("dev.tempo.rollout.RolloutService");
        worker.freeze();
        try {
            assertThat(execute(system, command, run)).isZero();
        } finally {
            worker.thaw();
        }
    }

    private int execute(RunningSystem system, Object command, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--bootstrap=" + system.running().ports().bootstrapServers());
        all.add("--workspace=" + system.root().resolve("operator"));
        FriendlyErrors handler = new FriendlyErrors();
        CommandLine line = new CommandLine(command)
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(errors, true))
                .setExecutionExceptionHandler(handler);
        return line.execute(all.toArray(String[]::new));
    }

    /** Every file, by name; the card names its run. */
    private static Map<String, String> contents(Path directory, String run) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                contents.put(
                        file.getFileName().toString(),
                        Files.readString(file, StandardCharsets.ISO_8859_1).replace(run, "RUN"));
            }
        }
        return contents;
    }
}
