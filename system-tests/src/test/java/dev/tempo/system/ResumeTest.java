package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Run;
import dev.tempo.standalone.launch.RunLauncher;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@LongForm
@ExtendWith(SharedSystem.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ResumeTest {

    @Test
    void aStoppedRunThatOtherRunsOvertakeAndThatIsResumedAfterARestartEndsInTheSameBits(RunningSystem system)
            throws IOException {
        Weights reference = system.reference();
        Run submitted = system.submission("resumed", system.workload().recipe(), null);

        RunLauncher first = system.launcher(submitted, List.of());
        CompletableFuture<Boolean> stopped = CompletableFuture.supplyAsync(first::run);
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofMinutes(10))
                .until(() -> system.records().policies("resumed").size() >= 3);
        // Or a quick machine would have run all rounds before the stop is noticed.
        ServiceProcess policy = ServiceProcess.of("dev.tempo.policy.PolicyService");
        policy.freeze();
        try {
            first.stop();
            assertThat(stopped.join()).as("finished").isFalse();
        } finally {
            policy.thaw();
        }
        system.finishedFromCache("overtaking", system.workload().variant("overtaking", "rounds: 1"));
        int versions = system.records().weights("resumed").policies().size();
        system.restart();
        RunLauncher second = system.launcher(submitted, List.of());

        assertThat(versions).isLessThan(TinyWorkload.VERSIONS);
        assertThat(second.run()).as("finished").isTrue();
        assertThat(system.records().weights("resumed")).isEqualTo(reference);
        assertThat(system.records().scores("resumed"))
                .isEqualTo(system.records().scores("undisturbed"));
    }
}
