package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.Workspace;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code ./tempo run} while a service stands still for longer than all that its requesters wait before they ask again. */
@LongForm
@ExtendWith(SharedSystem.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class FrozenServiceTest {
    /** Four times this was once all that anybody waited. */
    private static final String PATIENCE = "1s";

    private static final long FROZEN_MILLIS = 9_000;

    @Test
    void aServiceThatIsLateChangesNoBitAndFailsNothing(RunningSystem system) throws Exception {
        Weights reference = system.reference();
        Workspace workspace = new Workspace(system.root().resolve("frozen"));
        Ports ports = RunningSystem.freePorts();
        Map<String, String> impatient = Map.of(
                "TEMPO_ROLLOUT_PATIENCE", PATIENCE, "TEMPO_CRITIC_PATIENCE", PATIENCE, "TEMPO_EVAL_PATIENCE", PATIENCE);

        TempoProcess tempo = TempoProcess.start(
                workspace,
                ports,
                impatient,
                "run",
                "--recipe=" + system.workload().recipe());
        tempo.await(() -> RunTraces.newestPolicy(workspace) >= 1);
        Path directory = workspace.run(workspace.runs().get(0));
        stands(tempo.child("dev.tempo.rollout.RolloutService"));
        tempo.await(() -> RunTraces.newestPolicy(workspace) >= 3);
        stands(tempo.child("dev.tempo.judge.JudgeService"));
        tempo.await(() -> RunTraces.newestPolicy(workspace) >= 4);
        stands(tempo.child("dev.tempo.critic.CriticService"));

        assertThat(tempo.status()).as(tempo.output()).isZero();
        assertThat(tempo.output())
                .contains("rollout-service does not answer, for ")
                .contains("judge-service does not answer, for ")
                .contains("critic-service does not answer, for ");
        for (int version : new int[] {2, 4, 5, 6}) {
            assertThat(RunTraces.weights(directory, "policy", version))
                    .as("policy version %s", version)
                    .isEqualTo(reference.policies().get(version));
        }
        assertThat(RunTraces.metrics(directory)).isEqualTo(RunTraces.metrics(system.directory("undisturbed")));
    }

    private static void stands(ServiceProcess service) throws InterruptedException {
        service.freeze();
        try {
            Thread.sleep(FROZEN_MILLIS);
        } finally {
            service.thaw();
        }
    }
}
