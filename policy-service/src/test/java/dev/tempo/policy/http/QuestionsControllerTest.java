package dev.tempo.policy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.policy.PolicyProperties;
import dev.tempo.policy.filter.QuestionFilters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;

/** What is answered to whom; the topic is a list here. */
class QuestionsControllerTest {
    private static final String QUESTION = "{\"id\": \"a\", \"question\": \"1 + 1?\"}";
    private static final String JSON = "application/json";
    private static final PolicyProperties.Filters NO_FILTERS =
            new PolicyProperties.Filters(List.of(), Path.of("no-filters"), null, null);
    private static final ArrivingQuestion DELETION = ArrivingQuestion.deleted("a");

    @TempDir
    Path directory;

    private final List<ArrivingQuestion> topic = new ArrayList<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private QuestionFilters filters = QuestionFilters.of(NO_FILTERS, meters);
    private boolean reached = true;
    private boolean acknowledged = true;

    @Test
    void whatTheBrokerHasNotAcknowledgedIsToBeSentAgain() throws IOException {
        QuestionsController controller = controller(null, this::written);
        acknowledged = false;
        ResponseEntity<Map<String, Object>> answer = controller.ask(request(QUESTION), null, JSON);
        assertThat(answer.getStatusCode().value()).isEqualTo(503);
        assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("5");
        assertThat(controller.delete(request(""), null, "a").getStatusCode().value())
                .isEqualTo(503);
        acknowledged = true;
        assertThat(controller.ask(request(QUESTION), null, JSON).getBody()).isEqualTo(Map.of("accepted", List.of("a")));
        reached = false;
        assertThat(controller.ask(request(QUESTION), null, JSON).getStatusCode().value())
                .isEqualTo(503);
    }

    @Test
    void whileManyRequestsAreBeingWrittenTheNextOneIsToComeAgain() throws Exception {
        CountDownLatch writing = new CountDownLatch(QuestionIntake.MOST_AT_ONCE);
        CountDownLatch brokerAnswers = new CountDownLatch(1);
        QuestionIntake intake = new QuestionIntake(() -> true, questions -> {
            writing.countDown();
            try {
                brokerAnswers.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            return true;
        });
        ExecutorService senders = Executors.newFixedThreadPool(QuestionIntake.MOST_AT_ONCE);
        try {
            for (int i = 0; i < QuestionIntake.MOST_AT_ONCE; i++) {
                senders.execute(() -> intake.take(List.of(DELETION)));
            }
            writing.await();
            assertThat(intake.take(List.of(DELETION))).contains("too many requests are being written at once");
        } finally {
            brokerAnswers.countDown();
            senders.shutdown();
            assertThat(senders.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        assertThat(intake.take(List.of(DELETION))).isEmpty();
    }

    @Test
    void whatAPageOfAnotherSiteCanSendUnaskedIsNotTaken() throws IOException {
        QuestionsController controller = controller(null, this::written);
        for (String type : new String[] {
            null,
            "",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "text/json",
            "application/json; charset=latin1",
            "no type"
        }) {
            assertThat(controller
                            .ask(request(QUESTION), null, type)
                            .getStatusCode()
                            .value())
                    .as("%s", type)
                    .isEqualTo(415);
        }
        MockHttpServletRequest rebound = request(QUESTION);
        rebound.setServerName("attacker.example");
        assertThat(controller.ask(rebound, null, JSON).getStatusCode().value()).isEqualTo(403);
        MockHttpServletRequest elsewhere = request(QUESTION);
        elsewhere.setRemoteAddr("192.0.2.7");
        assertThat(controller.ask(elsewhere, null, JSON).getStatusCode().value())
                .isEqualTo(403);
        assertThat(topic).isEmpty();
        assertThat(controller
                        .ask(request(QUESTION), null, "application/json;charset=UTF-8")
                        .getStatusCode()
                        .value())
                .isEqualTo(202);
        assertThat(controller
                        .ask(request(QUESTION), null, "application/x-ndjson")
                        .getStatusCode()
                        .value())
                .isEqualTo(202);
    }

    @Test
    void nobodyWhoHasAKeyReplacesOrDeletesTheQuestionOfAnother() throws IOException {
        Path keys = Files.writeString(directory.resolve("keys"), "kiosk 0123456789abcdef\nlibrary fedcba9876543210\n");
        QuestionsController controller = controller(keys, this::written);
        String kiosk = "Bearer 0123456789abcdef";
        String library = "Bearer fedcba9876543210";
        assertThat(controller.ask(request(QUESTION), kiosk, JSON).getBody())
                .as("a sender has its own ids")
                .isEqualTo(Map.of("accepted", List.of("a")));
        controller.ask(request("{\"id\": \"a\", \"question\": \"2 + 2?\"}"), library, JSON);
        controller.delete(request(""), library, "a");
        assertThat(topic)
                .containsExactly(
                        new ArrivingQuestion("kiosk.a", "1 + 1?", null, "kiosk"),
                        new ArrivingQuestion("library.a", "2 + 2?", null, "library"),
                        ArrivingQuestion.deleted("library.a"));
        assertThat(controller
                        .ask(request("{\"id\": \"\", \"question\": \"1?\"}"), kiosk, JSON)
                        .getStatusCode()
                        .value())
                .isEqualTo(400);
        assertThat(controller.delete(request(""), null, "a").getStatusCode().value())
                .isEqualTo(401);
    }

    @Test
    void aNameThatWouldBeginAnothersIdsIsRefusedWithItsLine() throws IOException {
        Path dotted = Files.writeString(directory.resolve("dotted"), "kiosk.a 0123456789abcdef\n");
        assertThatThrownBy(() -> controller(dotted, this::written)).hasMessageContaining("line 1: must be a name");
        Path twice = Files.writeString(directory.resolve("twice"), "kiosk 0123456789abcdef\nkiosk fedcba9876543210\n");
        assertThatThrownBy(() -> controller(twice, this::written))
                .hasMessageContaining("line 2: the name kiosk is there twice");
    }

    @Test
    void aTextOfWhichTwoReadersWouldMakeTwoIsRefused() throws IOException {
        QuestionsController controller = controller(null, this::written);
        ResponseEntity<Map<String, Object>> half =
                controller.ask(request("{\"question\": \"1 + \\ud83d 1?\"}"), null, JSON);
        assertThat(half.getStatusCode().value()).isEqualTo(400);
        assertThat(String.valueOf(half.getBody()))
                .contains("question holds half of a surrogate pair, which is no character, at place 4");
        MockHttpServletRequest latin = request("");
        latin.setContent("{\"question\": \"é?\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(controller.ask(latin, null, JSON).getBody()).isEqualTo(Map.of("error", "the body is not UTF-8"));
        assertThat(topic).isEmpty();
        assertThat(controller
                        .ask(request("{\"question\": \"\\ud83d\\ude00?\"}"), null, JSON)
                        .getStatusCode()
                        .value())
                .isEqualTo(202);
    }

    @Test
    void aQuestionWithoutAnIdHasTheSameOneForTheSameTextOnly() throws IOException {
        QuestionsController controller = controller(null, this::written);
        for (String text : List.of("What is 1 + 1?", "What is 1 + 1?", "what is 1+1?")) {
            controller.ask(request("{\"question\": \"" + text + "\"}"), null, JSON);
        }
        assertThat(topic.get(1).id()).isEqualTo(topic.get(0).id());
        assertThat(topic.get(2).id())
                .as("other words must not take the place of words that a round has drawn")
                .isNotEqualTo(topic.get(0).id());
    }

    @Test
    void whatFiltersRefuseIsNowhereAndTheOthersAreTaken() throws IOException {
        filters = QuestionFilters.of(new PolicyProperties.Filters(List.of(), directory, 5, 20), meters);
        QuestionsController controller = controller(null, this::written);
        ResponseEntity<Map<String, Object>> some = controller.ask(
                request("{\"question\": \"1+1?\"}\n{\"id\": \"b\", \"question\": \"What is 1 + 1?\"}"),
                null,
                "application/x-ndjson");
        assertThat(some.getStatusCode().value()).isEqualTo(202);
        assertThat(some.getBody())
                .isEqualTo(Map.of(
                        "accepted",
                        List.of("b"),
                        "refused",
                        List.of(Map.of("place", "line 1", "reason", "length: it has fewer than 5 characters"))));
        ResponseEntity<Map<String, Object>> none =
                controller.ask(request("{\"question\": \"A question of many words?\"}"), null, JSON);
        assertThat(none.getStatusCode().value()).isEqualTo(422);
        assertThat(String.valueOf(none.getBody()))
                .contains("length: it has more than 20 characters")
                .doesNotContain("many words");
        assertThat(topic).extracting(ArrivingQuestion::id).containsExactly("b");
        assertThat(meters.get("tempo.policy.questions.refused")
                        .tag("reason", "length: it has more than 20 characters")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private boolean written(List<ArrivingQuestion> questions) {
        if (acknowledged) {
            topic.addAll(questions);
        }
        return acknowledged;
    }

    private QuestionsController controller(@Nullable Path keys, Predicate<List<ArrivingQuestion>> written) {
        return new QuestionsController(
                new QuestionIntake(() -> reached, written),
                new PolicyProperties(Duration.ofMinutes(5), keys, NO_FILTERS, null),
                filters);
    }

    private static MockHttpServletRequest request(String body) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        return request;
    }
}
