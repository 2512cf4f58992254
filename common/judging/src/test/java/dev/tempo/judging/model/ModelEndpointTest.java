package dev.tempo.judging.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.plugin.JudgeUnavailableException;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelEndpointTest {
    @TempDir
    Path cache;

    private final ChatServer server = new ChatServer(ChatServer.honest());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 529})
    void whatPassesIsTriedAgain(int status) {
        server.behave((exchange, asked) -> {
            if (server.calls() <= 2) {
                ChatServer.send(exchange, status, "not now");
            } else {
                ChatServer.honest().answer(exchange, asked);
            }
        });

        assertThat(verdict(server.settings(cache)).outcome()).isEqualTo(Outcome.CORRECT);
        assertThat(server.calls()).isEqualTo(4);
        assertThat(meters.get("tempo.judge.model.retries").counter().count()).isEqualTo(2);
    }

    @Test
    void thePauseThatA429AsksForIsKept() {
        server.behave((exchange, asked) -> {
            if (server.calls() == 1) {
                exchange.getResponseHeaders().add("Retry-After", "1");
                ChatServer.send(exchange, 429, "slower");
            } else {
                ChatServer.honest().answer(exchange, asked);
            }
        });

        assertThat(verdict(server.settings(cache)).outcome()).isEqualTo(Outcome.CORRECT);
        // At least what was asked for: a pause may always be longer.
        assertThat(server.asked().get(1).nanos() - server.asked().get(0).nanos())
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1).toNanos());
    }

    @Test
    void aLongPauseMakesTheJudgeUnavailableInsteadOfHoldingAThread() {
        server.behave((exchange, asked) -> {
            exchange.getResponseHeaders().add("Retry-After", "3600");
            ChatServer.send(exchange, 429, "tomorrow");
        });
        try (ModelJudge judge = judge(server.settings(cache))) {
            assertUnavailable(judge, "answers 429: tomorrow");
            assertUnavailable(judge, "asked to wait 3599 s");
        }
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void aServerThatStaysBrokenMakesTheJudgeUnavailableAndIsLeftAloneForAWhile() {
        server.behave((exchange, asked) -> ChatServer.send(exchange, 500, "out of memory"));
        try (ModelJudge judge = judge(server.settings(cache))) {
            assertUnavailable(judge, "answers 500: out of memory");
            assertThat(server.calls()).isEqualTo(4);
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> ask(judge)).isInstanceOf(JudgeUnavailableException.class);
            }
            assertThat(server.calls()).as("the circuit opened after ten").isEqualTo(10);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 302})
    void aServerThatDoesNotWantUsIsUnavailableAtOnce(int status) {
        server.behave((exchange, asked) -> ChatServer.send(exchange, status, "who are you?"));
        try (ModelJudge judge = judge(server.settings(cache))) {
            assertUnavailable(judge, "answers " + status + ": who are you?");
        }
        assertThat(server.calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void aRequestThatWillNeverBeTakenIsUndecided(int status) {
        server.behave((exchange, asked) -> ChatServer.send(exchange, status, "context too long"));

        Verdict verdict = verdict(server.settings(cache));

        assertThat(verdict.outcome()).isEqualTo(Outcome.UNDECIDED);
        assertThat(verdict.rawReply()).contains("context too long");
        assertThat(server.calls()).isEqualTo(1);
    }

    @Test
    void aReplyThatDoesNotComeTimesOutEvenAfterItsHeaders() {
        CountDownLatch stopped = new CountDownLatch(1);
        server.behave((exchange, asked) -> {
            if (server.calls() % 2 == 0) {
                exchange.sendResponseHeaders(200, 100);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
            }
            awaited(stopped);
        });
        try (ModelJudge judge = judge(hasty(server.settings(cache)))) {
            assertUnavailable(judge, "no reply within 200 ms");
        }
        stopped.countDown();
        assertThat(server.calls()).isEqualTo(2);
    }

    @Test
    void aBodyShorterThanPromisedIsTriedAgain() {
        server.behave((exchange, asked) -> {
            if (server.calls() == 1) {
                exchange.sendResponseHeaders(200, 100);
                exchange.getResponseBody().write('{');
                exchange.close();
            } else {
                ChatServer.honest().answer(exchange, asked);
            }
        });

        assertThat(verdict(server.settings(cache)).outcome()).isEqualTo(Outcome.CORRECT);
    }

    @Test
    void aBodyWithoutEndIsCutOff() {
        server.behave((exchange, asked) -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] part = new byte[64 << 10];
            for (int i = 0; i < 1 << 12; i++) {
                exchange.getResponseBody().write(part);
            }
        });
        try (ModelJudge judge = judge(server.settings(cache))) {
            assertUnavailable(judge, "longer than");
        }
    }

    @Test
    void aServerThatIsNotThereMakesTheJudgeUnavailable() {
        try (ModelJudge judge = judge(ChatServer.settings(nowhere(), cache, 0, 1_000, 2))) {
            assertUnavailable(judge, "ConnectException");
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static URI nowhere() {
        try (ServerSocket free = new ServerSocket(0)) {
            return URI.create("http://127.0.0.1:" + free.getLocalPort() + "/v1");
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }

    private static ModelSettings hasty(ModelSettings plain) {
        return new ModelSettings(
                plain.baseUrl(),
                plain.model(),
                null,
                plain.connectTimeout(),
                Duration.ofMillis(200),
                plain.requestsPerSecond(),
                plain.concurrency(),
                2,
                plain.backoff(),
                plain.longestBackoff(),
                plain.circuitPause(),
                0,
                0,
                plain.maxAnswerCharacters(),
                plain.maxTokens(),
                false,
                plain.cacheDirectory(),
                plain.cachedVerdicts(),
                0,
                plain.canaryMinimum());
    }

    private static void assertUnavailable(ModelJudge judge, String reason) {
        assertThatThrownBy(() -> ask(judge))
                .isInstanceOf(JudgeUnavailableException.class)
                .hasMessageStartingWith("judge 'model' is unavailable: ")
                .hasMessageContaining(reason);
    }

    private Verdict verdict(ModelSettings settings) {
        try (ModelJudge judge = judge(settings)) {
            return ask(judge);
        }
    }

    private ModelJudge judge(ModelSettings settings) {
        return new ModelJudge("model", settings, name -> null, meters, InstantSource.system());
    }

    private static Verdict ask(ModelJudge judge) {
        return judge.judge("Q: What pumps blood?", "the heart", "the heart", true);
    }
}
