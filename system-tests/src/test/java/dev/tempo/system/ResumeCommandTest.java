package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.fixtures.TensorBoardEvents;
import dev.tempo.fixtures.TensorBoardEvents.Event;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./tempo run --resume RUN} as it is typed, after what ends launchers. */
@ExtendWith(SharedSystem.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ResumeCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String NOBODY = "http://127.0.0.1:1";
    private static final int REFUSED = 1;
    private static final int INTERRUPTED = 130;
    private static final int KILLED = 137;

    private final List<ProcessHandle> children = new ArrayList<>();

    @Test
    void aRunThatIsInterruptedAndKilledInBothModesIsResumedByTheCommandAndEndsInTheSameBits(RunningSystem system)
            throws IOException {
        Weights reference = system.reference();
        Workspace workspace = new Workspace(system.root().resolve("resumed"));
        Ports ports = RunningSystem.freePorts();

        TempoProcess six = TempoProcess.start(
                workspace, ports, "run", "--recipe=" + system.workload().recipe(), "--mlflow=" + NOBODY);
        six.await(() -> RunTraces.newestPolicy(workspace) >= 0 && six.children().size() == 6);
        String run = workspace.runs().get(0);
        Path directory = workspace.run(run);
        String[] resume = {"run", "--resume=" + run};
        String[] resumeInOne = {"run", "--resume=" + run, "--single-jvm"};
        // a run this small ends before another launcher has started
        ServiceProcess worker = six.child("dev.tempo.rollout.RolloutService");
        worker.freeze();
        TempoProcess meanwhile = TempoProcess.start(workspace, ports, resume);
        assertThat(meanwhile.status()).isEqualTo(REFUSED);
        worker.thaw();
        assertThat(meanwhile.output())
                .startsWith("tempo: another tempo is at work in " + workspace.root())
                .contains("run " + run)
                .hasLineCount(1);
        children.addAll(six.children());
        six.await(() -> RunTraces.newestPolicy(workspace) >= 1);
        six.interrupt();
        assertThat(six.status()).isEqualTo(INTERRUPTED);
        assertThat(six.output()).contains("go on with ./tempo run --resume " + run);
        assertThat(children).hasSize(6).noneMatch(ProcessHandle::isAlive);

        TempoProcess one = TempoProcess.start(workspace, ports, resumeInOne);
        one.await(() -> RunTraces.newestPolicy(workspace) >= 2);
        one.kill();
        assertThat(one.status()).isEqualTo(KILLED);

        TempoProcess sixAgain = TempoProcess.start(workspace, ports, resume);
        sixAgain.await(() ->
                RunTraces.newestPolicy(workspace) >= 3 && sixAgain.children().size() == 6);
        children.addAll(sixAgain.children());
        sixAgain.killEverything();
        assertThat(sixAgain.status()).isEqualTo(KILLED);

        TempoProcess oneAgain = TempoProcess.start(workspace, ports, resumeInOne);
        // What it goes on with may have version 4 already; a signal must not come before there is something to stop.
        oneAgain.await(() -> RunTraces.newestPolicy(workspace) >= 4
                && oneAgain.output().contains("reading what is there of the run"));
        oneAgain.interrupt();
        assertThat(oneAgain.status()).isEqualTo(INTERRUPTED);
        assertThat(oneAgain.output()).contains("go on with ./tempo run --resume " + run);
        assertThat(children).noneMatch(ProcessHandle::isAlive);

        TempoProcess last = TempoProcess.start(workspace, ports, "run", "--resume=" + run, "--single-jvm", "--json");
        assertThat(last.status()).as(last.output()).isZero();
        assertIsToldInJson(last.output().lines().map(JSON::readTree).toList(), run, directory);
        for (int version : new int[] {2, 4, 5, 6}) {
            assertThat(RunTraces.weights(directory, "policy", version))
                    .isEqualTo(reference.policies().get(version));
        }
        for (int version : new int[] {2, 4}) {
            assertThat(RunTraces.weights(directory, "critic", version))
                    .isEqualTo(reference.critics().get(version));
        }

        assertTrackersAreRight(directory, last.output());

        byte[] summary = Files.readAllBytes(directory.resolve("summary.json"));
        killedBeforeTheReport(directory);
        TempoProcess reporting = TempoProcess.start(workspace, ports, resume);
        assertThat(reporting.status()).as(reporting.output()).isZero();
        assertThat(directory.resolve("report.md")).exists();
        assertThat(directory.resolve("final").resolve("model.safetensors")).exists();
        assertThat(directory.resolve("summary.json")).hasBinaryContent(summary);

        TempoProcess tooLate = TempoProcess.start(workspace, ports, resume);
        assertThat(tooLate.status()).isEqualTo(REFUSED);
        assertThat(tooLate.output()).contains("is finished; its report is ").hasLineCount(1);
        assertIsMeasuredAsItIsAsked(
                workspace, ports, run, system.workload().directory().resolve("holdout.jsonl"));
    }

    /** Asked in other words, or without its environment, a policy of this language answers nothing at all. */
    private static void assertIsMeasuredAsItIsAsked(Workspace workspace, Ports ports, String run, Path questions)
            throws IOException {
        TempoProcess eval = TempoProcess.start(
                workspace, ports, "eval", "--run=" + run, "--benchmark=" + questions, "--samples=16", "--single-jvm");
        assertThat(eval.status()).as(eval.output()).isZero();
        String id = workspace.runs().stream()
                .filter(each -> each.startsWith("eval-" + run + "-v6-"))
                .findFirst()
                .orElseThrow();
        JsonNode result = JSON.readTree(Files.readString(workspace.run(id).resolve("evaluation.json")));
        assertThat(result.at("/sets/holdout/responses/responses").asInt()).isEqualTo(96);
        assertThat(result.at("/sets/holdout/responses/unanswered/value").asDouble(1))
                .isLessThan(.2);
    }

    @Test
    void ctrlCLeavesNoProcessBehindAlsoWhereTheBrokerIsFrozen(RunningSystem system) {
        Workspace workspace = new Workspace(system.root().resolve("interrupted-frozen-broker"));
        TempoProcess tempo = TempoProcess.start(
                workspace,
                RunningSystem.freePorts(),
                "run",
                "--recipe=" + system.workload().recipe());
        tempo.await(() -> RunTraces.newestPolicy(workspace) >= 1);
        List<ProcessHandle> all = tempo.children();
        assertThat(all).hasSize(6);
        tempo.child("dev.tempo.standalone.broker.BrokerProcess").freeze();

        tempo.interrupt();

        assertThat(tempo.status()).isEqualTo(INTERRUPTED);
        assertThat(all).noneMatch(ProcessHandle::isAlive);
        assertThat(tempo.output()).contains("go on with ./tempo run --resume ");
    }

    /** The whole run, in order, and nothing else on standard output. */
    private static void assertIsToldInJson(List<JsonNode> events, String run, Path directory) {
        assertThat(field(events, "run", "run")).containsExactly(run);
        assertThat(field(events, "version", "version")).containsExactly("0", "1", "2", "3", "4", "5", "6");
        assertThat(field(events, "measurement", "version")).containsExactly("0", "2", "4", "6");
        assertThat(events.get(events.size() - 1).get("event").asString()).isEqualTo("finished");
        assertThat(field(events, "finished", "report"))
                .containsExactly(directory.resolve("report.md").toString());
        assertThat(field(events, "finished", "policy"))
                .singleElement()
                .satisfies(policy -> assertThat(Path.of(policy)).isDirectory());
    }

    /** Every round once at TensorBoard after all these ends, and a word on the MLflow that nobody answered for. */
    private static void assertTrackersAreRight(Path directory, String output) throws IOException {
        List<Event> events = TensorBoardEvents.in(TensorBoardEvents.fileIn(directory.resolve("tensorboard")));
        assertThat(events).hasSize(1 + 7 + 7 + 4);
        assertThat(steps(events, "tempo/policy/seconds")).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(steps(events, "actor/pg_loss")).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(steps(events, "response_length/mean")).containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(steps(events, "tempo/eval/seconds")).containsExactlyInAnyOrder(0L, 2L, 4L, 6L);
        String page = Files.readString(Path.of("..", "docs", "metrics.md"));
        assertThat(events.stream()
                        .flatMap(event -> event.scalars().keySet().stream())
                        .distinct())
                .filteredOn(name -> name.matches("tempo/(policy|critic)/[^/]+"))
                .hasSizeGreaterThan(12)
                .allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));

        assertThat(output.lines().filter(line -> line.contains("MLflow")))
                .singleElement()
                .asString()
                .contains("\"event\":\"note\"", "MLflow at " + NOBODY + " has 0 of the 18 lines of metrics.jsonl");
        assertThat(directory.resolve("report.md")).content().contains("MLflow at " + NOBODY + " has 0 of the 18 lines");
        assertThat(Files.readString(directory.resolve("logs").resolve("eval-service.log"))
                        .lines())
                .filteredOn(line -> line.contains("MLflow does not take what is measured from now on"))
                .as("one each for the three launches with a process of its own, or fewer")
                .hasSizeBetween(1, 3)
                .allSatisfy(line -> assertThat(line).contains("WARN", "nobody answers there"));
    }

    private static List<Long> steps(List<Event> events, String name) {
        return events.stream()
                .filter(event -> event.scalars().containsKey(name))
                .map(Event::step)
                .toList();
    }

    private static List<String> field(List<JsonNode> events, String event, String field) {
        return events.stream()
                .filter(one -> one.get("event").asString().equals(event))
                .map(one -> one.get(field).asString())
                .toList();
    }

    /** What a launcher leaves that dies when the last version is there. */
    private static void killedBeforeTheReport(Path directory) throws IOException {
        Files.delete(directory.resolve("summary.json"));
        Files.delete(directory.resolve("report.md"));
        Files.delete(directory.resolve("final").resolve("model.safetensors"));
        Path metrics = directory.resolve("metrics.jsonl");
        Files.writeString(metrics, Files.readString(metrics) + "{\"type\":\"pol");
    }
}
