package dev.tempo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.runs.RunBoard;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyHealthTest {
    private final Hands clock = new Hands();
    private final RunBoard board = new RunBoard(Duration.ofSeconds(60), clock);
    private final PolicyHealth health = new PolicyHealth(board);

    @Test
    void aStalledRoundNamesHowManyRowsOfWhichPurposeAreMissing() {
        board.waiting(
                "a",
                "round 3 waits for 4 labeled and 12 unlabeled rows of valued-trajectories",
                "critic-service",
                List.of());
        clock.pass(60);
        assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
        clock.pass(1);
        assertThat(health.health().getStatus().getCode()).isEqualTo("OUT_OF_SERVICE");
        assertThat(health.health().getDetails().get("run a"))
                .isEqualTo("stalled: round 3 waits for 4 labeled and 12 unlabeled rows of valued-trajectories;"
                        + " the last came 61 s ago");
    }

    @Test
    void everyNewRowRenewsPatienceAndADuplicateDoesNot() {
        board.waiting("a", "round 3 waits for 12 unlabeled rows of valued-trajectories", "critic-service", List.of());
        clock.pass(50);
        board.waiting("a", "round 3 waits for 11 unlabeled rows of valued-trajectories", "critic-service", List.of());
        clock.pass(50);
        assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
        board.waiting("a", "round 3 waits for 11 unlabeled rows of valued-trajectories", "critic-service", List.of());
        clock.pass(50);
        assertThat(health.health().getStatus().getCode()).isEqualTo("OUT_OF_SERVICE");
    }

    @Test
    void aCompleteRunIsNeverStalled() {
        board.going("a", "complete at version 130");
        clock.pass(100_000);
        assertThat(health.health().getStatus().getCode()).isEqualTo("UP");
        assertThat(health.health().getDetails().get("run a")).isEqualTo("complete at version 130");
    }

    @Test
    void aStoppedRunIsDownWhateverElseIsStalled() {
        board.waiting("a", "round 3 waits for 12 unlabeled rows of valued-trajectories", "critic-service", List.of());
        board.stopped("b", "round 2, mini-batch 1: the loss is NaN");
        clock.pass(61);
        assertThat(health.health().getStatus().getCode()).isEqualTo("DOWN");
        assertThat(health.health().getDetails().get("run b"))
                .isEqualTo("stopped: round 2, mini-batch 1: the loss is NaN");
    }

    /** A clock that a test moves. */
    private static final class Hands extends Clock {
        private Instant now = Instant.EPOCH;

        void pass(long seconds) {
            now = now.plusSeconds(seconds);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
