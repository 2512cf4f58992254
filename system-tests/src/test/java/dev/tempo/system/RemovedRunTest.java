package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./tempo rm} of a run whose records lie before those of one that goes on. */
@LongForm
@ExtendWith(SharedSystem.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RemovedRunTest {
    private static final int KILLED = 137;

    @Test
    void aRunEndsInTheSameBitsThoughWhatItsReadersStoodAtWasDeletedWithAnotherRun(RunningSystem system) {
        Weights reference = system.reference();
        Workspace workspace = new Workspace(system.root().resolve("removed"));
        Ports ports = RunningSystem.freePorts();
        String recipe = "--recipe=" + system.workload().recipe();
        TempoProcess first = TempoProcess.start(workspace, ports, "run", recipe);
        first.await(() -> RunTraces.newestPolicy(workspace) >= 2);
        first.killEverything();
        assertThat(first.status()).isEqualTo(KILLED);
        String removed = workspace.runs().get(0);

        // Before a reader has come far: what the first run wrote is what most of them still stand at.
        TempoProcess second = TempoProcess.start(workspace, ports, "run", recipe, "--single-jvm");
        second.await(() -> workspace.runs().size() == 2);
        second.killEverything();
        assertThat(second.status()).isEqualTo(KILLED);
        String kept = workspace.runs().stream()
                .filter(run -> !run.equals(removed))
                .findFirst()
                .orElseThrow();

        TempoProcess rm = TempoProcess.start(workspace, ports, "rm", "--yes", removed);
        assertThat(rm.status()).as(rm.output()).isZero();
        assertThat(rm.output()).as("logback has nothing to say to a terminal").doesNotContain("-WARN in");
        assertThat(workspace.run(removed)).doesNotExist();

        TempoProcess resumed = TempoProcess.start(workspace, ports, "run", "--resume=" + kept, "--single-jvm");
        assertThat(resumed.status()).as(resumed.output()).isZero();
        Path directory = workspace.run(kept);
        for (int version : List.of(2, 4, 5, 6)) {
            assertThat(RunTraces.weights(directory, "policy", version))
                    .isEqualTo(reference.policies().get(version));
        }
        assertThat(directory.resolve("report.md")).exists();
    }

    /** The kept run's records lie before those of the removed one, which therefore stay, requests that nobody answered among them. */
    @Test
    void whatARemovedRunHadAskedForHoldsUpNoLaterOne(RunningSystem system) throws IOException {
        Workspace workspace = new Workspace(system.root().resolve("left-behind"));
        Ports ports = RunningSystem.freePorts();
        String recipe = "--recipe=" + system.workload().recipe();
        assertThat(TempoProcess.start(workspace, ports, "run", recipe, "--single-jvm")
                        .status())
                .isZero();
        String kept = workspace.runs().get(0);
        // in every round the critic asks, though the planner is frozen with the worker
        Path longer = system.workload().variant("longer", "rounds: 40, recalibration: {every: 1}");
        TempoProcess second = TempoProcess.start(workspace, ports, "run", "--recipe=" + longer, "--fresh");
        second.await(() -> workspace.runs().size() == 2
                && new RunDirectory(workspace.run(other(workspace, kept)))
                        .policy().versions().keySet().stream()
                                .anyMatch(version -> version > TinyWorkload.FIRST_OF_TEST_TIME));
        String removed = other(workspace, kept);
        second.child("dev.tempo.rollout.RolloutService").freeze();
        second.await(() -> isAsked(workspace, ports, removed));
        second.killEverything();
        assertThat(second.status()).isEqualTo(KILLED);
        TempoProcess rm = TempoProcess.start(workspace, ports, "rm", "--yes", removed);
        assertThat(rm.status()).as(rm.output()).isZero();
        assertThat(rm.output()).as("logback has nothing to say to a terminal").doesNotContain("-WARN in");

        TempoProcess third = TempoProcess.start(workspace, ports, "run", recipe, "--fresh", "--single-jvm");

        assertThat(third.status()).as(third.output()).isZero();
        TempoProcess letters = TempoProcess.start(workspace, ports, "dlt", "list");
        assertThat(letters.status()).as(letters.output()).isZero();
        assertThat(letters.output())
                .as("what a removed run left is nobody's trouble")
                .doesNotContain("never announced");
        Path directory = workspace.run(other(workspace, kept));
        assertThat(RunTraces.weights(directory, "policy", 6))
                .isEqualTo(system.reference().policies().get(6));
    }

    private static String other(Workspace workspace, String kept) {
        return workspace.runs().stream()
                .filter(run -> !run.equals(kept))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isAsked(Workspace workspace, Ports ports, String run) {
        TempoProcess status = TempoProcess.start(workspace, ports, "status", "--json", run);
        return status.status() == 0
                && JsonMapper.shared()
                        .readTree(status.output())
                        .get("topics")
                        .valueStream()
                        .anyMatch(topic -> topic.get("missing").asInt() > 0);
    }
}
