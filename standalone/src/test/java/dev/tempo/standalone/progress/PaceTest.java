package dev.tempo.standalone.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final Instant START = Instant.EPOCH;

    private final Pace pace = new Pace(START);

    @Test
    void nothingIsSaidOfTheTimeLeftBeforeThreeRounds() {
        for (int version = 0; version < 3; version++) {
            pace.version(2 * version, START);
        }
        assertThat(pace.left(10, START)).isEmpty();

        pace.version(6, START);

        assertThat(pace.left(10, START)).hasValue(Duration.ofSeconds(20));
    }

    @Test
    void theTimeLeftShrinksWhileARoundGoesOnButNotBelowNothing() {
        for (int version = 0; version < 5; version++) {
            pace.version(2 * version, START);
        }

        assertThat(pace.left(1, START.plusSeconds(1))).hasValue(Duration.ofSeconds(1));
        assertThat(pace.left(1, START.plusSeconds(9))).hasValue(Duration.ZERO);
    }

    @Test
    void aNightBetweenStoppingAndGoingOnIsNoRound() {
        for (int version = 0; version < 11; version++) {
            pace.version(2 * version + (version > 5 ? 30_000 : 0), START);
        }

        assertThat(pace.left(10, START).orElseThrow()).isLessThan(Duration.ofSeconds(40));
    }

    @Test
    void tokensPerSecondFollowTheLastSamples() {
        pace.tokens(0, START);
        assertThat(pace.tokensPerSecond()).isNaN();

        pace.tokens(1000, START.plusSeconds(1));
        assertThat(pace.tokensPerSecond()).isEqualTo(1000);

        pace.tokens(1000, START.plusSeconds(2));
        pace.tokens(Double.NaN, START.plusSeconds(3));
        assertThat(pace.tokensPerSecond()).isEqualTo(700);
    }

    @Test
    void aServiceThatStartedAgainCountsFromNothingAgain() {
        pace.tokens(5000, START);
        pace.tokens(6000, START.plusSeconds(1));
        pace.tokens(10, START.plusSeconds(2));
        pace.tokens(1010, START.plusSeconds(3));

        assertThat(pace.tokensPerSecond()).isEqualTo(1000);
    }

    @Test
    void durationsAreShort() {
        assertThat(Pace.words(Duration.ofSeconds(5))).isEqualTo("0:05");
        assertThat(Pace.words(Duration.ofSeconds(3599))).isEqualTo("59:59");
        assertThat(Pace.words(Duration.ofMinutes(125))).isEqualTo("2 h 05 min");
        assertThat(Pace.words(Duration.ofHours(76))).isEqualTo("3 d 4 h");
    }
}
