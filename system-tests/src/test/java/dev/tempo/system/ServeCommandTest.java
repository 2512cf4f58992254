package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.standalone.launch.Workspace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./tempo serve} as it is typed. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ServeCommandTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path BASE = Path.of("..", "recipes", "quickstart", "seed0", "base")
            .toAbsolutePath()
            .normalize();
    private static final Pattern SERVING = Pattern.compile("serving (\\S+).* on (http://127\\.0\\.0\\.1:\\d+/v1)");

    @TempDir
    Path directory;

    @Test
    void aModelIsServedWithoutABroker() throws Exception {
        TempoProcess serve = TempoProcess.start(directory, List.of("serve", BASE.toString(), "--port=0"));
        String address = address(serve);
        assertThat(ask(address, "completions", "{\"model\": \"base\", \"prompt\": \"3+4=\", \"seed\": 1}")
                        .path("choices")
                        .path(0)
                        .path("text")
                        .asString())
                .isNotEmpty();
        assertThat(serve.children()).isEmpty();
        serve.interrupt();
        assertThat(serve.status()).isEqualTo(130);
        assertThat(serve.output()).contains("serving base on ").doesNotContain("Exception");
    }

    @Test
    void whatCannotBeServedIsSaidInALine() {
        TempoProcess nothing = TempoProcess.start(directory, List.of("serve", "models/gone"));
        assertThat(nothing.status()).isEqualTo(1);
        assertThat(nothing.output()).contains("there is no models/gone").doesNotContain("\tat ");
        TempoProcess open = TempoProcess.start(directory, List.of("serve", BASE.toString(), "--address=0.0.0.0"));
        assertThat(open.status()).isEqualTo(1);
        assertThat(open.output()).contains("give API keys").doesNotContain("\tat ");
    }

    @Test
    void aRecipesVersionsAnswerAsTheyComeAndAfterItsEnd() throws Exception {
        TinyWorkload workload = TinyWorkload.in(directory.resolve("workload"));
        Workspace workspace = new Workspace(directory.resolve("workspace"));
        TempoProcess serve = TempoProcess.start(
                workspace, RunningSystem.freePorts(), "serve", workload.recipe().toString(), "--port=0");
        String address = address(serve);
        String question =
                "{\"model\": \"tiny\", \"messages\": [{\"role\": \"user\", \"content\": \"x+3=5\"}], \"seed\": 1}";
        assertThat(ask(address, "chat/completions", question).path("model").asString())
                .matches("tiny@\\d");
        serve.await(() -> serve.output().contains("its versions are served until Ctrl-C"));
        String last = "tiny@" + (TinyWorkload.VERSIONS - 1);
        serve.await(() -> last.equals(
                ask(address, "chat/completions", question).path("model").asString()));
        assertThat(ask(address, "chat/completions", question.replace("\"tiny\"", "\"tiny@0\""))
                        .path("model")
                        .asString())
                .isEqualTo("tiny@0");
        serve.interrupt();
        assertThat(serve.status()).isEqualTo(130);

        String run = workspace.newest().orElseThrow();
        TempoProcess again =
                TempoProcess.start(workspace, RunningSystem.freePorts(), "serve", run, "--name=renamed", "--port=0");
        String renamed = address(again);
        assertThat(again.output()).contains("serving renamed");
        assertThat(ask(renamed, "chat/completions", question.replace("\"tiny\"", "\"renamed\""))
                        .path("model")
                        .asString())
                .isEqualTo("renamed@" + (TinyWorkload.VERSIONS - 1));
        again.interrupt();
        assertThat(again.status()).isEqualTo(130);
    }

    private static String address(TempoProcess serve) {
        serve.await(() -> SERVING.matcher(serve.output()).find());
        Matcher said = SERVING.matcher(serve.output());
        assertThat(said.find()).isTrue();
        return said.group(2);
    }

    private static JsonNode ask(String address, String what, String body) {
        try {
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(address + "/" + what))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return JSON.readTree(response.body());
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
