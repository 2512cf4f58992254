package dev.tempo.eval.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Awaited;
import dev.tempo.contract.Run;
import dev.tempo.eval.RunBuilder;
import dev.tempo.timeline.PresentWork;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherServicesTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path directory;

    private Instant now = NOON;
    private final HealthServer critic;
    private final HealthServer rollout;
    private @org.jspecify.annotations.Nullable Run submitted;

    OtherServicesTest() throws IOException {
        critic = new HealthServer();
        rollout = new HealthServer();
    }

    @BeforeEach
    void submit() {
        submitted = RunBuilder.aRun("r", directory).measuredOn("holdout", 1).active();
    }

    @AfterEach
    void close() {
        critic.close();
        rollout.close();
    }

    @Test
    void aRunThatAServiceHasStoppedIsToldFromOneThatItComplainsOf() {
        critic.complains("run r", "stopped: round 3, mini-batch 0: the step's loss is NaN");
        rollout.complains("run other", "stalled: 8 rows");
        OtherServices services = services(List.of());
        assertThat(services.hasStopped("r")).isFalse();
        services.look();

        assertThat(services.hasStopped("r")).isTrue();
        assertThat(services.hasStopped("other")).isFalse();
    }

    @Test
    void whatServicesAwaitForARunIsToldWithRoundsAsPeopleMeetThem() {
        critic.awaits(new Awaited("r", "8 rows of round 0", "judge-service", NOON, List.of("q1/0")));
        critic.awaits(new Awaited("other", "9 rows of round 0", "judge-service", NOON, List.of()));
        Awaited own = new Awaited("r", "40 verdicts", "judge-service", NOON.plusSeconds(10), List.of());
        OtherServices services = services(List.of(own));
        services.look();

        now = NOON.plusSeconds(30);
        assertThat(services.waits(java.util.Objects.requireNonNull(submitted)).standsStill())
                .isFalse();
        now = NOON.plusSeconds(31);
        RunWaits waits = services.waits(java.util.Objects.requireNonNull(submitted));
        assertThat(waits.standsStill()).isTrue();
        assertThat(waits.waits()).hasSize(2);
        RunWaits.Open first = waits.waits().get(0);
        assertThat(first.by()).isEqualTo("critic-service");
        assertThat(first.what())
                .startsWith("8 rows of ")
                .contains(" round 1 of ")
                .doesNotContain("round 0");
        assertThat(first.from()).isEqualTo("judge-service");
        assertThat(first.since()).isEqualTo(NOON);
        assertThat(first.seconds()).isEqualTo(31);
        assertThat(first.missing()).containsExactly("q1/0");
        assertThat(first.isLong()).isTrue();
        assertThat(waits.waits().get(1).by()).isEqualTo("eval-service");
        assertThat(waits.waits().get(1).isLong()).isFalse();
    }

    @Test
    void aRunDoesNotStandStillWhileWhoIsAwaitedWorks() {
        critic.worksAt(new PresentWork("critic epoch 1", "r", 0, NOON));
        critic.worksAt(new PresentWork("values", "other", 3, NOON));
        rollout.awaits(new Awaited("r", "version 1", "critic-service", NOON, List.of()));
        OtherServices services = services(List.of());
        services.look();
        now = NOON.plusSeconds(31);

        RunWaits waits = services.waits(java.util.Objects.requireNonNull(submitted));
        assertThat(waits.standsStill()).isFalse();
        assertThat(waits.work()).hasSize(1);
        assertThat(waits.work().get(0).service()).isEqualTo("critic-service");
        assertThat(waits.work().get(0).words())
                .startsWith("critic epoch 1, ")
                .contains(" round 1 of ")
                .endsWith(", for 31 s");
    }

    @Test
    void aServiceThatAnsweredAndDoesNotAnyMoreIsNamedFromTheThirdLookOn() {
        OtherServices services = services(List.of());
        services.look();
        rollout.close();
        now = NOON.plusSeconds(2);
        services.look();
        now = NOON.plusSeconds(4);
        services.look();
        assertThat(services.waits(java.util.Objects.requireNonNull(submitted)).silent())
                .isEmpty();
        now = NOON.plusSeconds(6);
        services.look();

        assertThat(services.waits(java.util.Objects.requireNonNull(submitted)).silent())
                .containsExactly(new RunWaits.Silent("rollout-service", NOON.plusSeconds(2), 4));
        assertThat(services.waits(java.util.Objects.requireNonNull(submitted)).standsStill())
                .isTrue();
        assertThat(services.silence()).isEqualTo("rollout-service does not answer, for 4 s");
        assertThat(services.silentServices()).isEqualTo(1);
    }

    @Test
    void whatAServiceComplainsOfIsTold() {
        critic.complains("run r", "stopped: no checkpoint can be used");
        critic.complains("run other", "stopped: as well");
        OtherServices services = services(List.of());
        services.look();

        assertThat(services.waits(java.util.Objects.requireNonNull(submitted)).complaints())
                .containsExactly(new RunWaits.Complaint("critic-service", "stopped: no checkpoint can be used"));
    }

    @Test
    void aServiceThatHasNotAnsweredYetIsStartingForAMinute() {
        rollout.close();
        OtherServices services = services(List.of());
        for (int look = 0; look < 29; look++) {
            services.look();
        }
        assertThat(services.silence()).isEmpty();
        services.look();
        assertThat(services.silence()).startsWith("rollout-service does not answer");
    }

    private OtherServices services(List<Awaited> own) {
        Map<String, URI> addresses = Map.of("critic-service", critic.root(), "rollout-service", rollout.root());
        return new OtherServices(addresses, () -> own, () -> now);
    }
}
