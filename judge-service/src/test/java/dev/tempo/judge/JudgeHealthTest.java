package dev.tempo.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Awaited;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.judging.Judges;
import dev.tempo.runs.KnownRuns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

class JudgeHealthTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static final RequestId ANSWERED = new RequestId("r", 0, Purpose.LABELED, 0, "q");

    private Instant now = NOON;
    private final KnownRuns runs = new KnownRuns(Duration.ofSeconds(10), () -> now);
    private final AwaitedThings awaited = new AwaitedThings(() -> now);
    private final JudgeHealth health = new JudgeHealth(
            runs,
            new VoteCounter(runs, new Judges(Judges.builtIn()), new VoteHistory()),
            awaited,
            Duration.ofMinutes(5),
            () -> now);

    @Test
    void whatWaitsTooLongForTheSameThingIsStalledAndNamesIt() {
        awaited.note("labeled-trajectories", Obstacle.run("r"));
        now = NOON.plus(Duration.ofMinutes(5));
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);

        now = now.plusSeconds(1);

        assertThat(health.health().getStatus()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(health.health().getDetails().get("labeled-trajectories"))
                .isEqualTo("stalled: waits for run r since " + NOON);
    }

    @Test
    void anotherThingIsAwaitedFromTheBeginning() {
        awaited.note("labeled-trajectories", Obstacle.run("r"));
        now = NOON.plus(Duration.ofMinutes(4));
        awaited.note("labeled-trajectories", Obstacle.answer(ANSWERED));
        now = NOON.plus(Duration.ofMinutes(6));
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);

        awaited.note("labeled-trajectories", null);
        now = NOON.plus(Duration.ofMinutes(60));
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void whatIsAwaitedIsSaidInASentenceWithWhoHasToAct() {
        assertThat(words(Obstacle.run("r")))
                .isEqualTo("the announcement of run r, to judge labeled trajectories from its submitter, for 12 s");
        assertThat(words(Obstacle.answer(ANSWERED)))
                .isEqualTo(
                        "the answer to " + ANSWERED + ", to judge labeled trajectories from critic-service, for 12 s");
        assertThat(words(Obstacle.verdict(ANSWERED.sample(2))))
                .isEqualTo("the verdict on " + ANSWERED.sample(2) + " from its judges, for 12 s");
        assertThat(words(Obstacle.judge("judge 'm' is unavailable: 100 %s")))
                .isEqualTo("a verdict on labeled trajectories (judge 'm' is unavailable: 100 %s) from that judge, for"
                        + " 12 s");
    }

    private String words(Obstacle obstacle) {
        awaited.note("judged-labeled-trajectories", obstacle);
        List<Awaited> waits = awaited.awaited();
        assertThat(waits).hasSize(1);
        return waits.get(0).words(NOON.plusSeconds(12));
    }
}
