package dev.tempo.serving.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.tempo.model.WeightType;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.serving.ServingSettings;
import dev.tempo.serving.TalkingModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/serving.md, as they stand there. */
class DocumentedExamplesTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "serving.md");
    private static final Path THIS =
            Path.of("src", "test", "java", "dev", "tempo", "serving", "http", "DocumentedExamplesTest.java");
    private static final String ADDRESS = "http://127.0.0.1:8000";

    @TempDir
    static Path directory;

    private static ServingServer server;

    @BeforeAll
    static void start() {
        Versions versions = new Versions();
        versions.publish(0, TalkingModel.write(directory, 5));
        versions.promote(0);
        server = ServingServer.start(
                ServingSettings.onLoopback(0, new GenerationLimits(1 << 26, 8), WeightType.FLOAT32),
                versions,
                new SimpleMeterRegistry());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher matcher = Pattern.compile("(?s)```" + language + "\n(.*?)```").matcher(Files.readString(PAGE));
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    @Test
    void everyCommandIsAnswered() throws IOException, InterruptedException {
        List<String> commands = blocks("sh");
        assertThat(commands).hasSizeGreaterThanOrEqualTo(3);
        for (String command : commands) {
            assertThat(command).startsWith("curl ").contains(ADDRESS);
            Process process = new ProcessBuilder(
                            "sh", "-c", command.replace(ADDRESS, "http://127.0.0.1:" + server.port()))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            assertThat(output).contains("words@0").doesNotContain("\"error\"");
        }
    }

    @Test
    void theExampleInJavaIsThisOne() throws IOException {
        OpenAIClient client =
                OpenAIOkHttpClient.builder().baseUrl(address()).apiKey("none").build();
        ChatCompletion answer = client.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("words")
                        .addUserMessage("What is 3 + 4?")
                        .maxCompletionTokens(64)
                        .build());

        assertThat(answer.model()).isEqualTo("words@0");
        client.close();
        String source = Files.readString(THIS).replaceAll("\\s", "");
        List<String> examples = blocks("java");
        assertThat(examples).hasSize(1);
        for (String statement :
                examples.get(0).replace("\"" + ADDRESS + "/v1\"", "address()").split(";\n")) {
            assertThat(source).contains(statement.replaceAll("\\s", "") + ";");
        }
    }

    private static String address() {
        return "http://127.0.0.1:" + server.port() + "/v1";
    }
}
