package dev.tempo.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Awaited;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunBoardTest {
    private final HandClock clock = new HandClock();
    private final RunBoard board = new RunBoard(Duration.ofSeconds(60), clock);

    @Test
    void aRunThatWaitsIsStalledOnceItsPatienceIsOver() {
        board.waiting("a", "round 3 waits for 12 rows", "critic-service", List.of());
        clock.pass(60);
        assertThat(board.isStalled("a")).isFalse();
        clock.pass(1);
        assertThat(board.isStalled("a")).isTrue();
        assertThat(board.stalledRuns()).isEqualTo(1);
        assertThat(board.describe("a")).isEqualTo("round 3 waits for 12 rows; the last came 61 s ago");
    }

    @Test
    void otherWordsAreNewsAndTheSameWordsAreNot() {
        board.waiting("a", "12 rows", "critic-service", List.of());
        clock.pass(50);
        board.waiting("a", "12 rows", "critic-service", List.of());
        clock.pass(11);
        assertThat(board.isStalled("a")).isTrue();

        board.waiting("a", "11 rows", "critic-service", List.of());
        assertThat(board.isStalled("a")).isFalse();
    }

    @Test
    void whatHappenedEarlierCountsFromThen() {
        clock.pass(100);
        board.waiting("a", new Awaited("a", "12 rows", "critic-service", Instant.EPOCH.plusSeconds(30), List.of()));
        assertThat(board.isStalled("a")).isTrue();
    }

    @Test
    void runsThatAreStoppedOrGoingAreNeverStalled() {
        board.stopped("b", "the loss is NaN");
        board.going("c", "complete at version 130");
        clock.pass(100_000);

        assertThat(board.stalledRuns()).isZero();
        assertThat(board.anyStopped()).isTrue();
        assertThat(board.isStopped("b")).isTrue();
        assertThat(board.describe("b")).isEqualTo("stopped: the loss is NaN");
        assertThat(board.describe("c")).isEqualTo("complete at version 130");
        assertThat(board.describe("d")).isEqualTo("not begun");
    }

    @Test
    void aRunThatIsTakenAwayStandsNowhere() {
        board.going("a", "version 3");
        board.going("b", "done");
        board.remove("a");
        assertThat(board.standings()).containsOnlyKeys("b");
        board.clear();
        assertThat(board.standings()).isEmpty();
    }

    @Test
    void aRunThatIsStoppedByAFileSaysWhatTheFileSystemSaid() {
        IOException full = new FileSystemException("next-checkpoint", null, "No space left on device");
        board.stopped("a", new UncheckedIOException("cannot write policy/v00002", full));
        board.stopped("b", new UncheckedIOException(full));
        board.stopped("c", new IllegalStateException());

        assertThat(board.describe("a"))
                .isEqualTo("stopped: cannot write policy/v00002: next-checkpoint: No space left on device");
        assertThat(board.describe("b")).containsOnlyOnce("No space left on device");
        assertThat(board.describe("c")).isEqualTo("stopped: java.lang.IllegalStateException");
    }
}
