package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.messaging.service.ServiceEndpoint;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.Workspace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code status}, {@code pause}, {@code resume}, {@code cancel}, {@code report} and {@code ls} as they are typed in a workspace,
 * without a broker's address: while a launcher is at work there, and after it.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class OperatorCommandsTest {
    private static final int REFUSED = 1;
    private static final int ROUNDS = 24;

    @TempDir
    Path directory;

    private Workspace workspace;
    private Ports ports;
    private TinyWorkload workload;

    @BeforeEach
    void prepare() throws IOException {
        workspace = new Workspace(Files.createDirectories(directory.resolve("workspace")));
        ports = RunningSystem.freePorts();
        workload = TinyWorkload.in(directory.resolve("workload"));
    }

    @Test
    void aRunIsLookedAtHeldAndLetGoOnAndItsReportIsFound() throws Exception {
        TempoProcess launcher = tempo("run", "--recipe=" + workload.recipe());
        launcher.await(() -> RunTraces.newestPolicy(workspace) >= 1);
        String run = workspace.runs().get(0);

        ServiceProcess worker = launcher.child("dev.tempo.rollout.RolloutService");
        worker.freeze();
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(4))
                    .untilAsserted(() -> assertStandsStill(json("status", run)));
            assertTellsWhatItWaitsFor(run);
            TempoProcess status = done("status");
            assertThat(status.output().lines())
                    .anyMatch(line -> line.startsWith("run " + run + ": running, newest version v"))
                    .anyMatch(line -> line.startsWith("rollout-service: does not answer"))
                    .anyMatch(line -> line.matches("policy-service: UP, v\\d+"))
                    .anyMatch(line -> line.startsWith("  last word: "))
                    .anyMatch(
                            line -> line.matches("  [a-z-]+-trajectories: \\d+ asked, \\d+ arrived, [1-9]\\d* missing"))
                    .anyMatch(line -> line.matches("  group rollout-workers: [1-9]\\d* behind on .*-rollout-requests"));
            done("pause", run);
        } finally {
            worker.thaw();
        }
        // A broker that is too busy to answer is said to be, and the state is the launcher's then.
        Awaitility.await().atMost(Duration.ofMinutes(4)).untilAsserted(() -> {
            JsonNode status = json("status", run);
            assertThat(status.get("state").asString()).as(status.toString()).isEqualTo("paused");
        });
        assertThat(done("status").output()).contains("go on with ./tempo resume " + run);
        assertThat(refused("report", run)).contains("run " + run + " is paused and has no report");

        done("resume", run);
        assertThat(launcher.status()).as(launcher.output()).isZero();
        RunDirectory files = new RunDirectory(workspace.run(run));
        assertThat(done("report", run).output().strip())
                .isEqualTo(files.report().toString());
        Path again = directory.resolve("again");
        assertThat(done("report", run, "--out=" + again).output()).contains(again.toString());
        assertThat(again.resolve("report.md")).exists();
        assertThat(refused("pause", run)).contains("run " + run + " is finished");
    }

    /** Nobody asks for unlabeled trajectories a second time: what comes in while the run is paused has to count. */
    @Test
    void aPauseInAStageOfVotesLosesNone() throws Exception {
        Path recipe = workload.variant(
                "votes",
                "rounds: 22, reward: majority-vote, recalibration: none, advantage: {baseline: group, whitening: false}");
        TempoProcess launcher = tempo("run", "--recipe=" + recipe);
        launcher.await(() -> RunTraces.newestPolicy(workspace) > TinyWorkload.FIRST_OF_TEST_TIME);
        String run = workspace.runs().get(0);
        ServiceProcess judge = launcher.child("dev.tempo.judge.JudgeService");
        judge.freeze();
        try {
            // a round's trajectories are all there, and nobody has counted their votes
            awaitStandstill();
            done("pause", run);
        } finally {
            judge.thaw();
        }
        // longer than records wait for a run that is not known
        awaitStandstill();

        done("resume", run);

        assertThat(launcher.status()).as(launcher.output()).isZero();
    }

    /** Until no version has come for a while. */
    private void awaitStandstill() {
        AtomicInteger newest = new AtomicInteger(-1);
        Awaitility.await()
                .pollInterval(Duration.ofSeconds(15))
                .atMost(Duration.ofMinutes(4))
                .until(() -> newest.getAndSet(RunTraces.newestPolicy(workspace)) == newest.get());
    }

    @Test
    void aCancelledRunEndsItsLauncherAndIsCalledSoByEveryCommand() throws IOException {
        Path recipe = workload.variant("longer", "rounds: " + (ROUNDS - TinyWorkload.FIRST_OF_TEST_TIME));
        TempoProcess launcher = tempo("run", "--single-jvm", "--recipe=" + recipe);
        launcher.await(() -> RunTraces.newestPolicy(workspace) >= 1);
        String run = workspace.runs().get(0);
        assertThat(refused("cancel", run + "x")).contains("the broker knows no run '" + run + "x'", run);

        done("cancel", run);

        assertThat(launcher.status()).isEqualTo(REFUSED);
        assertThat(launcher.output()).contains("run " + run + " was cancelled").doesNotContain("go on with ");
        assertThat(json("ls").get("state").asString()).isEqualTo("cancelled");
        assertThat(done("status", run).output()).contains("./tempo rm " + run).doesNotContain("resume");
        assertThat(refused("run", "--resume=" + run)).contains("run " + run + " was cancelled");
        assertThat(refused("resume", run)).contains("run " + run + " is cancelled");
        assertThat(refused("report", run)).contains("run " + run + " is cancelled and has no report");
    }

    private static void assertStandsStill(JsonNode status) {
        assertThat(status.get("state").asString()).isEqualTo("running");
        JsonNode rollout = service(status, "rollout-service");
        assertThat(rollout.get("status").asString()).isEqualTo("no answer");
        JsonNode policy = service(status, "policy-service");
        assertThat(policy.get("status").asString()).isEqualTo("UP");
        assertThat(policy.get("version").asInt()).isPositive();
        assertThat(policy.get("lastWord").asString()).contains("policy");
        assertThat(status.get("topics")).anySatisfy(topic -> {
            assertThat(topic.get("missing").asInt()).isPositive();
            assertThat(topic.get("asked").asInt())
                    .isEqualTo(
                            topic.get("arrived").asInt() + topic.get("missing").asInt());
        });
        assertThat(status.get("groups")).anySatisfy(group -> {
            assertThat(group.get("group").asString()).isEqualTo("rollout-workers");
            assertThat(group.get("topic").asString()).endsWith("-rollout-requests");
            assertThat(group.get("behind").asLong()).isPositive();
        });
        assertThat(status.get("groups"))
                .anySatisfy(group -> assertThat(group.get("group").asString()).isEqualTo("judge-labeled"));
    }

    /** Of whom, since when and which: what status prints, what health holds, and, but for the ids, the metric. */
    private void assertTellsWhatItWaitsFor(String run) {
        JsonNode status = json("status", run);
        assertThat(service(status, "policy-service").at("/words/awaited").asString())
                .matches(
                        ".* round \\d+ of \\d+ waits for .* rows of valued-trajectories from critic-service, for \\d+ s");
        assertThat(status.get("services"))
                .as("the first ids that are missing")
                .anyMatch(service ->
                        service.at("/words/awaited").asString("").matches(".*\\(first \\S+/\\d.*\\) from .*"));
        ServiceEndpoint policy = new ServiceEndpoint(URI.create("http://127.0.0.1:" + (ports.base() + 3)));
        JsonNode waits = JsonMapper.shared()
                .readTree(policy.get("/actuator/health").orElseThrow())
                .findValue("awaited");
        assertThat(waits.get(0).get("run").asString()).isEqualTo(run);
        assertThat(waits.get(0).get("from").asString()).isEqualTo("critic-service");
        assertThat(Instant.parse(waits.get(0).get("since").asString())).isBefore(Instant.now());
        assertThat(policy.get("/actuator/prometheus").orElseThrow().lines())
                .anyMatch(line -> line.matches("tempo_policy_awaited_seconds\\{from=\"critic-service\"} 0*[1-9].*"))
                .contains("tempo_policy_awaited_seconds{from=\"judge-service\"} 0.0");
    }

    private static JsonNode service(JsonNode status, String name) {
        return status.get("services")
                .valueStream()
                .filter(service -> service.get("service").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private TempoProcess tempo(String... arguments) {
        return TempoProcess.start(workspace, ports, arguments);
    }

    private TempoProcess done(String... arguments) {
        TempoProcess command = tempo(arguments);
        assertThat(command.status()).as(command.output()).isZero();
        return command;
    }

    private String refused(String... arguments) {
        TempoProcess command = tempo(arguments);
        assertThat(command.status()).as(command.output()).isEqualTo(REFUSED);
        return command.output();
    }

    private JsonNode json(String command, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = command;
        all[1] = "--json";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return JsonMapper.shared().readTree(done(all).output());
    }
}
