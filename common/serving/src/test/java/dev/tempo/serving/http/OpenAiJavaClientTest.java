package dev.tempo.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.models.Model;
import dev.tempo.model.WeightType;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.serving.ApiKey;
import dev.tempo.serving.ServingSettings;
import dev.tempo.serving.TalkingModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint as OpenAI's own client for Java sees it. */
class OpenAiJavaClientTest {
    private static final String KEY = "a-key-of-twenty-signs";
    private static final int OPEN = 4;
    private static final int LONG = 100_000;

    @TempDir
    static Path directory;

    private static ServingServer server;
    private static OpenAIClient client;

    @BeforeAll
    static void start() {
        Versions versions = new Versions();
        versions.publish(3, TalkingModel.write(directory, 5));
        versions.promote(3);
        server = ServingServer.start(
                new ServingSettings(
                        "127.0.0.1",
                        0,
                        List.of(ApiKey.of(KEY)),
                        new GenerationLimits(1 << 26, 8),
                        WeightType.FLOAT32,
                        2,
                        LONG,
                        OPEN,
                        0,
                        1 << 20),
                versions,
                new SimpleMeterRegistry());
        client = client(KEY);
    }

    private static OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl("http://127.0.0.1:" + server.port() + "/v1")
                .apiKey(key)
                .maxRetries(0)
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static ChatCompletionCreateParams.Builder hello() {
        return ChatCompletionCreateParams.builder()
                .model("words")
                .addUserMessage("hello")
                .seed(7)
                .temperature(0.7)
                .topP(0.95)
                .maxCompletionTokens(30);
    }

    @Test
    void itListsTheModels() {
        assertThat(client.models().list().data().stream().map(Model::id)).containsExactly("words", "words@3");
        assertThat(client.models().retrieve("words@3").ownedBy()).isEqualTo("tempo");
    }

    @Test
    void aChatIsAnsweredWithAllThatWasAskedFor() {
        ChatCompletion chat = client.chat()
                .completions()
                .create(hello().n(2).logprobs(true).topLogprobs(4).build());
        assertThat(chat.model()).isEqualTo("words@3");
        assertThat(chat.systemFingerprint().orElseThrow()).startsWith("v3-");
        assertThat(chat.choices()).hasSize(2);
        ChatCompletion.Choice choice = chat.choices().get(0);
        String content = choice.message().content().orElseThrow();
        var tokens = choice.logprobs().orElseThrow().content().orElseThrow();
        StringBuilder spelled = new StringBuilder();
        tokens.forEach(token -> {
            spelled.append(token.token());
            assertThat(token.logprob()).isNegative();
            assertThat(token.topLogprobs()).hasSize(4);
            assertThat(token.topLogprobs().get(0).logprob()).isGreaterThanOrEqualTo(token.logprob());
        });
        assertThat(spelled.toString()).isEqualTo(content);
        assertThat(chat.usage().orElseThrow().completionTokens()).isPositive();
    }

    @Test
    void aStreamComesToTheSameTextAndCountsAtItsEnd() {
        String whole = client.chat()
                .completions()
                .create(hello().build())
                .choices()
                .get(0)
                .message()
                .content()
                .orElseThrow();
        StringBuilder streamed = new StringBuilder();
        List<ChatCompletionChunk> chunks = new ArrayList<>();
        try (StreamResponse<ChatCompletionChunk> stream = client.chat()
                .completions()
                .createStreaming(hello().streamOptions(ChatCompletionStreamOptions.builder()
                                .includeUsage(true)
                                .build())
                        .build())) {
            stream.stream().forEach(chunk -> {
                chunks.add(chunk);
                chunk.choices().forEach(choice -> choice.delta().content().ifPresent(streamed::append));
            });
        }
        assertThat(streamed.toString()).isEqualTo(whole);
        assertThat(chunks.get(chunks.size() - 1).usage()).isPresent();
    }

    @Test
    void aTextIsContinued() {
        Completion completion = client.completions()
                .create(CompletionCreateParams.builder()
                        .model("words@3")
                        .prompt("once upon")
                        .maxTokens(12)
                        .seed(1)
                        .logprobs(2)
                        .stop("zz")
                        .build());
        assertThat(completion.choices().get(0).text()).isNotEmpty();
        assertThat(completion
                        .choices()
                        .get(0)
                        .logprobs()
                        .orElseThrow()
                        .tokenLogprobs()
                        .orElseThrow())
                .isNotEmpty();
        try (StreamResponse<Completion> stream = client.completions()
                .createStreaming(CompletionCreateParams.builder()
                        .model("words@3")
                        .prompt("once upon")
                        .maxTokens(12)
                        .seed(1)
                        .build())) {
            StringBuilder text = new StringBuilder();
            stream.stream().forEach(part -> part.choices().forEach(choice -> text.append(choice.text())));
            assertThat(text.toString()).isEqualTo(completion.choices().get(0).text());
        }
    }

    @Test
    void refusalsReachTheClientAsItsOwnExceptions() {
        assertThatThrownBy(() ->
                        client.chat().completions().create(hello().model("gone").build()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> client.chat()
                        .completions()
                        .create(hello().presencePenalty(1.0).build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("presence_penalty");
        assertThatThrownBy(() -> client.chat()
                        .completions()
                        .create(hello().putAdditionalBodyProperty("mirostat", JsonValue.from(2))
                                .build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("mirostat");
        OpenAIClient stranger = client("another-key-of-twenty");
        assertThatThrownBy(() -> stranger.models().list()).isInstanceOf(UnauthorizedException.class);
        stranger.close();
    }

    @Test
    void whoComesWhenAllIsTakenIsToldSo() {
        // The most probable token each time: these answers come to no end.
        try (StreamResponse<ChatCompletionChunk> busy = client.chat()
                .completions()
                .createStreaming(hello().n(OPEN)
                        .temperature(0.0)
                        .maxCompletionTokens(LONG)
                        .build())) {
            assertThat(busy.stream().findFirst()).isPresent();
            assertThatThrownBy(() ->
                            client.chat().completions().create(hello().n(OPEN).build()))
                    .isInstanceOf(RateLimitException.class);
        }
    }
}
