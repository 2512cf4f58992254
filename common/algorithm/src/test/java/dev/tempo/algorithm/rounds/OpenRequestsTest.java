package dev.tempo.algorithm.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.algorithm.rounds.OpenRequests.Overdue;
import dev.tempo.algorithm.rounds.OpenRequests.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OpenRequestsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final OpenRequests<String> requests = new OpenRequests<>(2);

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
        assertThat(requests.overdue(START.plusMillis(9_999), PATIENCE))
                .isEqualTo(new Overdue<String>(List.of(), List.of()));
    }

    @Test
    void whatIsLateIsAskedForAgainWithItsMissingSamplesThenGivenUp() {
        requests.open("q1", 3, START);
        requests.settle("q1", 1);
        Instant late = START.plusSeconds(10);
        assertThat(requests.overdue(late, PATIENCE).askAgain())
                .containsExactly(new Request<>("q1", List.of(0, 2), 2, late));
        assertThat(requests.overdue(late.plusSeconds(9), PATIENCE).askAgain()).isEmpty();
        Overdue<String> end = requests.overdue(late.plusSeconds(10), PATIENCE);
        assertThat(end.askAgain()).isEmpty();
        assertThat(end.exhausted()).containsExactly(new Request<>("q1", List.of(0, 2), 2, late));
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
        assertThatThrownBy(() -> new OpenRequests<String>(0)).hasMessageContaining("maxAttempts is 0");
    }
}
