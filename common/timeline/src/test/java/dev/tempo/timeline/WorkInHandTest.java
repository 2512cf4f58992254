package dev.tempo.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WorkInHandTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final SpanLog log = new SpanLog("some-service");
    private Instant now = NOON;
    private Duration cpu = Duration.ofSeconds(7);
    private final WorkInHand inHand = new WorkInHand(() -> cpu, () -> now);

    @Test
    void aServiceIsAtTheWorkWhoseSpansAreOpenAndAtNoneThatOnlyWaits() {
        try (OpenSpan taken = log.begin(SpanKind.HANDLING, "take").of("r", 2);
                OpenSpan epoch = OpenSpan.within(SpanKind.COMPUTATION, "policy epoch 1");
                OpenSpan waited = OpenSpan.within(SpanKind.WAITING, "the policy version")) {
            assertThat(log.work()).extracting(PresentWork::name).containsExactly("policy epoch 1");
            assertThat(log.work().get(0).run()).isEqualTo("r");
            assertThat(log.work().get(0).round()).isEqualTo(2);
            assertThat(log.work().get(0).words(log.work().get(0).since().plusSeconds(35)))
                    .isEqualTo("policy epoch 1, round 2, for 35 s");
        }
    }

    @Test
    void aSpanThatIsOpenCountsForTenSecondsAfterItsProcessComputedLast() {
        try (OpenSpan epoch = log.begin(SpanKind.COMPUTATION, "values")) {
            inHand.begun(epoch);
            passes(20, 2_000);
            assertThat(inHand.list()).hasSize(1);
            passes(10, 999);
            assertThat(inHand.list()).as("heartbeats alone").hasSize(1);
            passes(1, 99);
            assertThat(inHand.list()).isEmpty();
            passes(1, 100);
            assertThat(inHand.list()).hasSize(1);
        }
    }

    @Test
    void betweenTwoPiecesOfWorkTheOneBeforeCountsForTenSeconds() {
        try (OpenSpan values = log.begin(SpanKind.COMPUTATION, "values");
                OpenSpan epoch = log.begin(SpanKind.COMPUTATION, "critic epoch 1")) {
            inHand.begun(values);
            inHand.ended(values);
            passes(10, 2_000);
            assertThat(inHand.list()).extracting(PresentWork::name).containsExactly("values");
            inHand.begun(epoch);
            assertThat(inHand.list()).extracting(PresentWork::name).containsExactly("critic epoch 1");
            inHand.ended(epoch);
            passes(11, 2_000);
            assertThat(inHand.list()).isEmpty();
        }
    }

    @Test
    void looksThatAreCloseTogetherDoNotMissWhatIsComputedBetweenThem() {
        try (OpenSpan epoch = log.begin(SpanKind.COMPUTATION, "values")) {
            inHand.begun(epoch);
            for (int look = 0; look < 300; look++) {
                now = now.plusMillis(100);
                cpu = cpu.plusMillis(11);
                assertThat(inHand.list()).hasSize(1);
            }
        }
    }

    private void passes(int seconds, int cpuMillis) {
        now = now.plusSeconds(seconds);
        cpu = cpu.plusMillis(cpuMillis);
    }
}
