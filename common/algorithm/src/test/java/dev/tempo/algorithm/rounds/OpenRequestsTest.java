package dev.tempo.algorithm.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.algorithm.rounds.OpenRequests.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OpenRequestsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final OpenRequests<String> requests = new OpenRequests<>();

    @Test
    void aRequestIsClosedByItsLastSample() {
        requests.open("q1", 2, START);
        assertThat(requests.settle("q1", 1)).isTrue();
        assertThat(requests.isOpen("q1")).isTrue();
        assertThat(requests.settle("q1", 0)).isTrue();
        assertThat(requests.isEmpty()).isTrue();
    }

    @Test
    void whatIsNotOwedSettlesNothing() {
        requests.open("q1", 2, START);
        requests.settle("q1", 0);
        assertThat(requests.settle("q1", 0)).isFalse();
        assertThat(requests.settle("q1", 2)).isFalse();
        assertThat(requests.settle("q9", 0)).isFalse();
        assertThat(requests.size()).isEqualTo(1);
    }

    @Test
    void anOpenRequestIsNotOpenedAgain() {
        requests.open("q1", 2, START);
        requests.settle("q1", 0);
        assertThat(requests.open("q1", 2, START.plusSeconds(1))).isFalse();
        assertThat(requests.settle("q1", 0)).isFalse();
    }

    @Test
    void nothingIsOverdueBeforePatienceEnds() {
        requests.open("q1", 1, START);
        assertThat(requests.overdue(START.plusMillis(9_999), PATIENCE)).isEmpty();
    }

    @Test
    void whatIsLateIsAskedForAgainWithItsMissingSamplesAndAfterWaitsThatDoubleUpToSixteenTimes() {
        requests.open("q1", 3, START);
        requests.settle("q1", 1);
        Instant late = START.plusSeconds(10);
        assertThat(requests.overdue(late, PATIENCE)).containsExactly(new Request<>("q1", List.of(0, 2), 2, late));
        int attempt = 2;
        for (int seconds : new int[] {20, 40, 80, 160, 160, 160}) {
            assertThat(requests.overdue(late.plusSeconds(seconds - 1), PATIENCE))
                    .isEmpty();
            late = late.plusSeconds(seconds);
            assertThat(requests.overdue(late, PATIENCE))
                    .containsExactly(new Request<>("q1", List.of(0, 2), ++attempt, late));
        }
    }

    @Test
    void howeverLateItIsARequestStaysOpenUntilItsSamplesEnd() {
        requests.open("q1", 1, START);
        for (int day = 1; day <= 1_000; day++) {
            assertThat(requests.overdue(START.plus(Duration.ofDays(day)), PATIENCE))
                    .hasSize(1);
        }
        assertThat(requests.isOpen("q1")).isTrue();
        assertThat(requests.settle("q1", 0)).isTrue();
        assertThat(requests.isEmpty()).isTrue();
    }

    @Test
    void theWatchdogSeesTheRequestThatHasBeenOpenLongest() {
        assertThat(requests.oldest()).isEmpty();
        requests.open("old", 1, START);
        requests.open("young", 1, START.plusSeconds(5));
        requests.overdue(START.plusSeconds(12), PATIENCE);
        assertThat(requests.oldest().orElseThrow().id()).isEqualTo("old");
        assertThat(requests.oldestOpenedAt()).contains(START);
        requests.settle("old", 0);
        assertThat(requests.oldestOpenedAt()).contains(START.plusSeconds(5));
    }

    @Test
    void requestsForNothingAreRejected() {
        assertThatThrownBy(() -> requests.open("q1", 0, START)).hasMessageContaining("q1");
    }
}
