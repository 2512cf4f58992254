package dev.tempo.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.judging.Judges;
import dev.tempo.runs.KnownRuns;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class JudgeHealthTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private Instant now = NOON;
    private final KnownRuns runs = new KnownRuns(Duration.ofSeconds(10), () -> now);
    private final AwaitedThings awaited = new AwaitedThings(() -> now);
    private final JudgeHealth health = new JudgeHealth(
            runs, new VoteCounter(runs, new Judges(Judges.builtIn())), awaited, Duration.ofMinutes(5), () -> now);

    @Test
    void whatWaitsTooLongForTheSameThingIsStalledAndNamesIt() {
        awaited.note("labeled-trajectories", "run r");
        now = NOON.plus(Duration.ofMinutes(5));
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);

        now = now.plusSeconds(1);

        assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.health().getDetails().get("labeled-trajectories"))
                .isEqualTo("stalled: waits for run r since " + NOON);
    }

    @Test
    void anotherThingIsAwaitedFromTheBeginning() {
        awaited.note("labeled-trajectories", "run r");
        now = NOON.plus(Duration.ofMinutes(4));
        awaited.note("labeled-trajectories", "the answer to r/0/labeled/0/q");
        now = NOON.plus(Duration.ofMinutes(6));
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);

        awaited.note("labeled-trajectories", null);
        now = NOON.plus(Duration.ofMinutes(60));
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }
}
