package dev.tempo.judging.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;

class CanariesTest {
    private static final JudgeVote FOOLED = new JudgeVote(true, null, "");
    private static final JudgeVote NOT_FOOLED = new JudgeVote(false, null, "");

    @TempDir
    Path cache;

    @Test
    void anAnswersContentDecidesWhetherACanaryAccompaniesItAndWhich() {
        Canaries canaries = new Canaries(.05, 20);
        List<String> hashes = IntStream.range(0, 10_000)
                .mapToObj(i -> new CandidateTexts("q", "r", "a" + i, false).hash("model", "1"))
                .toList();

        assertThat(hashes.stream()
                        .filter(hash -> canaries.accompanying(hash) != null)
                        .count())
                .isBetween(400L, 600L);
        assertThat(hashes)
                .allSatisfy(hash -> assertThat(canaries.accompanying(hash)).isSameAs(canaries.accompanying(hash)));
    }

    @Test
    void oneInAHundredIsToleratedAndMoreIsNot() {
        Canaries canaries = new Canaries(.05, 20);
        IntStream.range(0, 99).forEach(i -> canaries.judged(NOT_FOOLED));
        canaries.judged(FOOLED);
        assertThat(canaries.isOpen()).isFalse();
        canaries.judged(FOOLED);
        assertThat(canaries.isOpen()).isTrue();
    }

    @Test
    void beforeTheMinimumNothingCounts() {
        Canaries canaries = new Canaries(.05, 20);
        IntStream.range(0, 19).forEach(i -> canaries.judged(FOOLED));
        assertThat(canaries.isOpen()).isFalse();
        canaries.judged(NOT_FOOLED);
        assertThat(canaries.isOpen()).isTrue();
    }

    @Test
    void onlyPassesInARowCloseTheBreaker() {
        Canaries canaries = new Canaries(.05, 1);
        canaries.judged(FOOLED);
        IntStream.range(1, Canaries.PASSES_TO_CLOSE).forEach(i -> canaries.judged(NOT_FOOLED));
        canaries.judged(new JudgeVote(null, JudgeVote.DISAGREEMENT, ""));
        IntStream.range(1, Canaries.PASSES_TO_CLOSE).forEach(i -> canaries.judged(NOT_FOOLED));
        assertThat(canaries.isOpen()).isTrue();
        canaries.judged(NOT_FOOLED);
        assertThat(canaries.isOpen()).isFalse();
    }

    @Test
    void aModelThatCallsKnownWrongAnswersRightDecidesNothingUntilItStops() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        ChatServer.Behaviour flattering =
                (exchange, asked) -> ChatServer.reply(exchange, ChatServer.verdict(asked, true));
        try (ChatServer server = new ChatServer(flattering);
                ModelJudge judge = new ModelJudge(
                        "model",
                        ChatServer.settings(server.baseUrl(), cache, 1, 10_000, 2),
                        name -> null,
                        meters,
                        InstantSource.system())) {
            for (int i = 0; i < 4; i++) {
                assertThat(verdict(judge, "a" + i).outcome()).isEqualTo(Outcome.CORRECT);
            }
            Verdict untrusted = verdict(judge, "a5");
            assertThat(untrusted)
                    .extracting(Verdict::outcome, Verdict::stage)
                    .containsExactly(Outcome.UNDECIDED, "canary");
            assertThat(untrusted.reason()).contains("called 5 of 5 known wrong answers right");
            assertThat(new ModelHealth(List.of(judge)).health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(meters.get("tempo.judge.model.canary.breaker").gauge().value())
                    .isEqualTo(1);

            server.behave(
                    (exchange, asked) -> ChatServer.reply(exchange, ChatServer.verdict(asked, !asked.isCanary())));
            for (int i = 1; i < Canaries.PASSES_TO_CLOSE; i++) {
                assertThat(verdict(judge, "b" + i).outcome()).isEqualTo(Outcome.UNDECIDED);
            }
            assertThat(verdict(judge, "c").outcome()).isEqualTo(Outcome.CORRECT);
            assertThat(new ModelHealth(List.of(judge)).health().getStatus()).isEqualTo(Status.UP);
            assertThat(meters.get("tempo.judge.model.canaries")
                            .tag("outcome", "false-positive")
                            .counter()
                            .count())
                    .isEqualTo(5);
        }
    }

    private static Verdict verdict(ModelJudge judge, String answer) {
        return judge.judge("Q?", "the reference", answer, true);
    }
}
