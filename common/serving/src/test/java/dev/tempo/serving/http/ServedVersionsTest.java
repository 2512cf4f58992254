package dev.tempo.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tempo.model.WeightType;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.serving.ServingSettings;
import dev.tempo.serving.TalkingModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

@ExtendWith(OutputCaptureExtension.class)
class ServedVersionsTest {
    @TempDir
    static Path directory;

    private static final List<Path> MODELS = new ArrayList<>();

    @BeforeAll
    static void write() {
        for (int version = 0; version < 3; version++) {
            MODELS.add(TalkingModel.write(directory.resolve("v" + version), 20 + version));
        }
    }

    private static Versions versions() {
        Versions versions = new Versions();
        for (int version = 0; version < MODELS.size(); version++) {
            versions.publish(version, MODELS.get(version));
        }
        versions.promote(0);
        return versions;
    }

    private static ServingServer server(Versions versions, int room) {
        return ServingServer.start(
                new ServingSettings(
                        "127.0.0.1",
                        0,
                        List.of(),
                        new GenerationLimits(1 << 26, 4),
                        WeightType.FLOAT32,
                        room,
                        4000,
                        200,
                        0,
                        20_000),
                versions,
                new SimpleMeterRegistry());
    }

    private static String asked(String model) {
        return "'model':'" + model + "','prompt':'ab','temperature':0,'max_tokens':60";
    }

    private static String text(JsonNode answer) {
        return answer.path("choices").path(0).path("text").asString();
    }

    @Test
    void everyVersionIsListedAndAnswersUnderItsNumber() {
        Versions versions = versions();
        try (ServingServer server = server(versions, 2)) {
            Asking asking = new Asking(server.port());
            List<String> names = new ArrayList<>();
            Asking.json(asking.get("/v1/models").body())
                    .path("data")
                    .forEach(listed -> names.add(listed.path("id").asString()));
            assertThat(names).containsExactly("words", "words@0", "words@1", "words@2");
            assertThat(asking.get("/v1/models/words@1").statusCode()).isEqualTo(200);
            assertThat(asking.get("/v1/models/words@7").statusCode()).isEqualTo(404);
            Set<String> texts = new HashSet<>();
            for (int version = 0; version < 3; version++) {
                JsonNode answer = asking.completion(asked("words@" + version));
                assertThat(answer.path("model").asString()).isEqualTo("words@" + version);
                assertThat(answer.path("system_fingerprint").asString()).startsWith("v" + version + "-");
                texts.add(text(answer));
            }
            assertThat(texts).hasSize(3);
            assertThat(asking.completion(asked("words")).path("model").asString())
                    .isEqualTo("words@0");
        }
    }

    /** One place in memory, three versions that are asked at once: each waits for its turn, none is mixed with another. */
    @Test
    void versionsTakeTurnsWhereThereIsRoomForOne() {
        try (ServingServer wide = server(versions(), 3);
                ServingServer narrow = server(versions(), 1)) {
            Map<String, String> expected = new TreeMap<>();
            for (String model : List.of("words@0", "words@1", "words@2")) {
                expected.put(model, text(new Asking(wide.port()).completion(asked(model))));
            }
            List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
            for (int i = 0; i < 18; i++) {
                asked.add(new Asking(narrow.port()).later("/v1/completions", "{" + asked("words@" + i % 3) + "}"));
            }
            for (CompletableFuture<HttpResponse<String>> each : asked) {
                JsonNode answer = Asking.answered(each.join());
                assertThat(text(answer))
                        .isEqualTo(expected.get(answer.path("model").asString()));
            }
        }
    }

    @Test
    void aPromotionDropsNoRequestAndMixesNoVersionsInAnAnswer() {
        Versions versions = versions();
        try (ServingServer server = server(versions, 2)) {
            Asking asking = new Asking(server.port());
            Map<String, String> expected = new TreeMap<>();
            for (int version = 0; version < 3; version++) {
                expected.put("words@" + version, text(asking.completion(asked("words@" + version))));
            }
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int promoted = 0; promoted < 3; promoted++) {
                versions.promote(promoted);
                String name = "words@" + promoted;
                await().until(() -> {
                    for (int i = 0; i < 6; i++) {
                        answers.add(asking.later("/v1/completions", "{" + asked("words") + "}"));
                    }
                    return Asking.answered(answers.get(answers.size() - 1).join())
                            .path("model")
                            .asString()
                            .equals(name);
                });
            }
            Set<String> wrote = new HashSet<>();
            for (CompletableFuture<HttpResponse<String>> each : answers) {
                JsonNode answer = Asking.answered(each.join());
                String model = answer.path("model").asString();
                wrote.add(model);
                assertThat(text(answer)).isEqualTo(expected.get(model));
                assertThat(each.join().headers().firstValue("x-tempo-version")).hasValue(model);
            }
            assertThat(wrote).isEqualTo(expected.keySet());
        }
    }

    @Test
    void aVersionThatCannotBeLoadedIsTriedAgainWhileTheEarlierOneAnswers(CapturedOutput output) {
        Versions versions = versions();
        Path late = directory.resolve("late");
        versions.publish(9, late);
        try (ServingServer server = server(versions, 2)) {
            Asking asking = new Asking(server.port());
            asking.completion(asked("words"));
            versions.promote(9);
            await().until(() -> asking.get("/health").body().contains("\"refused\":[\"words@9\"]"));
            assertThat(server.refused()).containsOnlyKeys("words@9");
            assertThat(output.getAll()).contains("a version cannot be loaded").contains("words@9");
            HttpResponse<String> refused = asking.post("/v1/completions", "{" + asked("words@9") + "}");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).doesNotContain(late.toString());
            assertThat(asking.completion(asked("words")).path("model").asString())
                    .isEqualTo("words@0");

            TalkingModel.write(late, 29);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> asking.completion(asked("words"))
                            .path("model")
                            .asString()
                            .equals("words@9"));
            assertThat(asking.get("/health").body()).contains("\"version\":\"words@9\"", "\"refused\":[]");
        }
    }

    @Test
    void requestsLookAtNoDisk() {
        Versions versions = versions();
        try (ServingServer server = server(versions, 2)) {
            Asking asking = new Asking(server.port());
            asking.completion(asked("words"));
            int before = versions.looks();
            for (int i = 0; i < 300; i++) {
                asking.get("/v1/models/words@1");
            }
            asking.completion(asked("words@1"));
            assertThat(versions.looks() - before).isLessThan(100);
        }
    }

    /** Two runs of one recipe follow each other under one name, and ask their questions differently. */
    @Test
    void aVersionIsAskedAsItsOwnRunAsks() {
        Versions versions = new Versions();
        versions.publish("first", 0, TalkingModel.writeWithoutTemplate(directory.resolve("plain0"), 8));
        versions.publish("second", 1, TalkingModel.writeWithoutTemplate(directory.resolve("plain1"), 8));
        versions.promote(1);
        try (ServingServer server = server(versions, 2)) {
            Asking asking = new Asking(server.port());
            for (Map.Entry<String, String> asked : Map.of("words@0", "first", "words@1", "second", "words", "second")
                    .entrySet()) {
                String common = "'model':'" + asked.getKey() + "','seed':2,'max_tokens':20";
                assertThat(asking.chat(common + ",'messages':[{'role':'user','content':'1+1'}]")
                                .path("choices")
                                .path(0)
                                .path("message")
                                .path("content"))
                        .isEqualTo(asking.completion(common + ",'prompt':'" + asked.getValue() + ": 1+1 A:'")
                                .path("choices")
                                .path(0)
                                .path("text"));
            }
        }
    }
}
