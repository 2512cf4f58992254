package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.Workspace;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code ./tempo run} as it is typed, with processes that are frozen: all of them for a while, then one for good. */
@LongForm
@ExtendWith(SharedSystem.class)
@Timeout(value = 2, unit = TimeUnit.HOURS)
class FrozenProcessesTest {
    /** Longer than the broker waits for a member of a group; {@code -Dfrozen.seconds=3600} is an hour in a drawer. */
    private static final int SECONDS = Integer.getInteger("frozen.seconds", 15);

    private static final String PATIENCE_OF_CHECKS = "8";

    @Test
    void aSuspendedMachineGoesOnAndAServiceThatIsFrozenForGoodIsReplaced(RunningSystem system) throws Exception {
        Weights reference = system.reference();
        Workspace workspace = new Workspace(system.root().resolve("frozen-processes"));
        Ports ports = RunningSystem.freePorts();
        TempoProcess tempo = TempoProcess.start(
                workspace,
                ports,
                "run",
                "--silent-checks=" + PATIENCE_OF_CHECKS,
                "--recipe=" + system.workload().recipe());
        tempo.await(() -> newest(workspace) >= 1);

        List<ServiceProcess> all = new ArrayList<>(List.of(tempo.asSeenByTheSystem()));
        tempo.children().forEach(child -> all.add(new ServiceProcess(child.pid())));
        assertThat(all).hasSize(7);
        all.forEach(ServiceProcess::freeze);
        TimeUnit.SECONDS.sleep(SECONDS);
        all.forEach(ServiceProcess::thaw);
        tempo.await(() -> newest(workspace) >= 3);
        assertThat(tempo.children().stream().map(ProcessHandle::pid))
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().skip(1).map(ServiceProcess::pid).toList());

        ServiceProcess policy = tempo.child("dev.tempo.policy.PolicyService");
        policy.freeze();
        assertThat(tempo.status()).as(tempo.output()).isZero();

        assertThat(tempo.output())
                .containsOnlyOnce("policy-service answers neither its health endpoint nor the broker")
                .containsOnlyOnce("starting it again")
                .contains("policy-service ended with status 137");
        assertEndsInTheBitsOf(reference, workspace);
    }

    @Test
    void aBrokerThatIsFrozenForGoodIsReplaced(RunningSystem system) {
        Weights reference = system.reference();
        Workspace workspace = new Workspace(system.root().resolve("frozen-broker"));
        TempoProcess tempo = TempoProcess.start(
                workspace,
                RunningSystem.freePorts(),
                "run",
                "--silent-checks=4",
                "--recipe=" + system.workload().recipe());
        tempo.await(() -> newest(workspace) >= 1);

        tempo.child("dev.tempo.standalone.broker.BrokerProcess").freeze();
        assertThat(tempo.status()).as(tempo.output()).isZero();

        assertThat(tempo.output())
                .containsOnlyOnce("kafka answers nobody")
                .containsOnlyOnce("starting it again")
                .contains("kafka ended with status 137");
        assertEndsInTheBitsOf(reference, workspace);
    }

    private static void assertEndsInTheBitsOf(Weights reference, Workspace workspace) {
        RunDirectory files = new RunDirectory(workspace.run(workspace.runs().get(0)));
        for (int version : new int[] {2, 4, 5, 6}) {
            assertThat(new ModelDirectory(files.policy().version(version)).sha256())
                    .isEqualTo(reference.policies().get(version));
        }
        for (int version : new int[] {2, 4}) {
            assertThat(new ModelDirectory(files.critic().version(version)).sha256())
                    .isEqualTo(reference.critics().get(version));
        }
    }

    private static int newest(Workspace workspace) {
        return workspace.runs().stream()
                .map(run -> new RunDirectory(workspace.run(run)).policy().versions())
                .filter(versions -> !versions.isEmpty()
                        && Files.exists(versions.lastEntry().getValue().resolve("model.safetensors")))
                .mapToInt(versions -> versions.lastKey())
                .max()
                .orElse(-1);
    }
}
