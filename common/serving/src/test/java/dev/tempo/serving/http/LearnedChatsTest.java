package dev.tempo.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tempo.model.WeightType;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.serving.ApiKey;
import dev.tempo.serving.ServingSettings;
import dev.tempo.serving.TalkingModel;
import dev.tempo.serving.learning.Consent;
import dev.tempo.serving.learning.LearningSettings;
import dev.tempo.serving.learning.QuestionAddress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is taken of served chats, and that no answer waits for it or changes by it. */
class LearnedChatsTest {
    private static final String ONE = "'messages':[{'role':'user','content':'What is 1 + 1?'}]";
    private static final String CHAT = "{'model':'words','seed':3,'max_tokens':5," + ONE + "}";
    private static final String WILLING = "a-willing-key-0123456789";
    private static final String UNWILLING = "an-unwilling-key-0123456789";

    @TempDir
    static Path directory;

    private static Path model;

    @BeforeAll
    static void write() {
        model = TalkingModel.write(directory.resolve("m"), 3);
    }

    private static ServingServer server(QuestionAddress address, double share, boolean awaited, ApiKey... keys) {
        Versions versions = new Versions();
        versions.publish(0, model);
        versions.promote(0);
        if (awaited) {
            versions.learn();
        }
        ServingSettings settings = new ServingSettings(
                "127.0.0.1",
                0,
                List.of(keys),
                new GenerationLimits(1 << 26, 4),
                WeightType.FLOAT32,
                2,
                TalkingModel.POSITIONS,
                8,
                0,
                200_000,
                new LearningSettings(share, address.uri(), null, "sums"));
        return ServingServer.start(settings, versions, new SimpleMeterRegistry());
    }

    private static HttpResponse<String> chat(ServingServer server, String body, String... headers) {
        HttpRequest.Builder request = new Asking(server.port())
                .request("/v1/chat/completions")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return Asking.send(request.build());
    }

    private static Optional<String> question(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return response.headers().firstValue("x-tempo-question");
    }

    @Test
    void theQuestionOfAChatGoesTheRoadOfAllQuestionsAndItsAskerCanDeleteIt() {
        try (QuestionAddress address = new QuestionAddress();
                ServingServer server = server(address, 1, true)) {
            HttpResponse<String> answered = chat(server, CHAT);
            String id = question(answered).orElseThrow();
            assertThat(id)
                    .as("an id that stands in logs does not say it")
                    .doesNotContain(
                            answered.headers().firstValue("x-request-id").orElseThrow());
            await().until(() -> Objects.equals(server.learned().get("taken"), 1L));
            assertThat(address.sent()).hasSize(1);
            String sent = address.sent().get(0);
            assertThat(sent).startsWith("POST /v1/questions {");
            JsonNode body = Asking.json(sent.substring(sent.indexOf('{')));
            assertThat(body)
                    .hasToString(Asking.json(
                                    "{\"id\":\"" + id
                                            + "\",\"question\":\"What is 1 + 1?\",\"domain\":\"sums\",\"source\":\"chats, local\"}")
                            .toString());
            assertThat(question(chat(server, CHAT.replace("'seed'", "'stream':true,'seed'"))))
                    .as("each chat has an id of its own, that of a stream too")
                    .isPresent()
                    .isNotEqualTo(Optional.of(id));
            HttpResponse<String> deleted = Asking.send(new Asking(server.port())
                    .request("/v1/questions/" + id)
                    .DELETE()
                    .build());
            assertThat(Asking.answered(deleted).path("deleted").asBoolean()).isTrue();
            assertThat(address.sent()).last().isEqualTo("DELETE /v1/questions/" + id);
            HttpResponse<String> anothers = Asking.send(new Asking(server.port())
                    .request("/v1/questions/kiosk.17")
                    .DELETE()
                    .build());
            assertThat(anothers.statusCode()).isEqualTo(404);
            JsonNode health =
                    Asking.json(new Asking(server.port()).get("/health").body()).path("questions");
            assertThat(health.path("taken").asInt()).isEqualTo(2);
            assertThat(health.path("reached").asBoolean()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'messages':[{'role':'system','content':'Be kind.'},{'role':'user','content':'What is 1 + 1?'}]",
                "'messages':[{'role':'user','content':'1?'},{'role':'assistant','content':'2'},{'role':'user','content':'And 2?'}]",
                ONE + ",'chat_template_kwargs':{'enable_thinking':true}",
                ONE + ",'tools':[{'type':'function','function':{'name':'f'}}]"
            })
    void whatARoundWouldNotAskInTheSameWordsIsNotTaken(String messages) {
        try (QuestionAddress address = new QuestionAddress();
                ServingServer server = server(address, 1, true)) {
            assertThat(question(
                            chat(server, "{'model':'words','max_tokens':2," + messages + "}", Consent.HEADER, "yes")))
                    .isEmpty();
            assertThat(server.learned().values()).allMatch(count -> count == 0);
        }
    }

    @Test
    void nothingIsTakenWithoutBothTheOperatorsWordAndARunThatAwaitsQuestions() {
        try (QuestionAddress address = new QuestionAddress();
                ServingServer server = server(address, 1, false)) {
            assertThat(question(chat(server, CHAT, Consent.HEADER, "yes"))).isEmpty();
            assertThat(address.sent()).isEmpty();
        }
        Versions versions = new Versions();
        versions.publish(0, model);
        versions.promote(0);
        versions.learn();
        ServingSettings silent = ServingSettings.onLoopback(0, new GenerationLimits(1 << 26, 4), WeightType.FLOAT32);
        try (ServingServer server = ServingServer.start(silent, versions, new SimpleMeterRegistry())) {
            assertThat(question(chat(server, CHAT, Consent.HEADER, "yes"))).isEmpty();
            assertThat(server.learned()).isEmpty();
            HttpResponse<String> delete = Asking.send(new Asking(server.port())
                    .request("/v1/questions/chat-" + "0".repeat(32))
                    .DELETE()
                    .build());
            assertThat(delete.statusCode()).isEqualTo(404);
        }
    }

    @Test
    void headersAndKeysSayWhoseChatsAreTaken() {
        try (QuestionAddress address = new QuestionAddress();
                ServingServer server = server(
                        address,
                        0,
                        true,
                        new ApiKey(WILLING, Consent.YES),
                        new ApiKey(UNWILLING, Consent.NO),
                        ApiKey.of("a-silent-key-0123456789"))) {
            String willing = "Bearer " + WILLING;
            String silent = "Bearer a-silent-key-0123456789";
            assertThat(question(chat(server, CHAT, "Authorization", willing))).isPresent();
            assertThat(question(chat(server, CHAT, "Authorization", willing, Consent.HEADER, "no")))
                    .isEmpty();
            assertThat(question(chat(server, CHAT, "Authorization", "Bearer " + UNWILLING, Consent.HEADER, "yes")))
                    .isEmpty();
            assertThat(question(chat(server, CHAT, "Authorization", silent))).isEmpty();
            assertThat(question(chat(server, CHAT, "Authorization", silent, Consent.HEADER, "Yes")))
                    .isPresent();
            await().until(() -> Objects.equals(server.learned().get("taken"), 2L));
            assertThat(address.sent().get(0))
                    .contains("\"source\":\"chats, key 1\"")
                    .doesNotContain(WILLING);
            assertThat(address.sent().get(1)).contains("\"source\":\"chats, key 3\"");
            HttpResponse<String> neither = chat(server, CHAT, "Authorization", silent, Consent.HEADER, "perhaps");
            assertThat(neither.statusCode()).isEqualTo(400);
            assertThat(neither.body()).contains("x-tempo-learn must be yes or no");
        }
    }

    @Test
    void noAnswerWaitsForTheHandOverOrChangesByIt() {
        CountDownLatch never = new CountDownLatch(1);
        try (QuestionAddress address = new QuestionAddress();
                ServingServer deaf = server(address, 1, true);
                ServingServer silent = server(address, 0, true)) {
            address.wait(never);
            JsonNode asked = Asking.answered(chat(silent, CHAT)).path("choices");
            for (int chat = 0; chat < 3; chat++) {
                HttpResponse<String> answered = chat(deaf, CHAT);
                assertThat(question(answered)).isPresent();
                assertThat(Asking.answered(answered).path("choices")).isEqualTo(asked);
            }
            assertThat(deaf.learned()).containsEntry("taken", 0L);
            never.countDown();
        }
    }
}
