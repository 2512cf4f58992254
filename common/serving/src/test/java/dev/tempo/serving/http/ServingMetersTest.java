package dev.tempo.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tempo.model.WeightType;
import dev.tempo.model.inference.GenerationLimits;
import dev.tempo.serving.ServingSettings;
import dev.tempo.serving.TalkingModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ServingMetersTest {
    @TempDir
    Path directory;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private double requests(String outcome) {
        return meters.get("tempo.rollout.serving.requests")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private double tokens(String direction) {
        return meters.get("tempo.rollout.serving.tokens")
                .tag("direction", direction)
                .counter()
                .count();
    }

    private double gauge(String name) {
        return meters.get("tempo.rollout.serving." + name).gauge().value();
    }

    @Test
    void whatIsAskedAnsweredAndRefusedIsCounted() throws IOException {
        Versions versions = new Versions();
        versions.publish(7, TalkingModel.write(directory, 3));
        versions.promote(7);
        ServingSettings settings = new ServingSettings(
                "127.0.0.1",
                0,
                List.of(),
                new GenerationLimits(1 << 28, 16),
                WeightType.FLOAT32,
                2,
                TalkingModel.POSITIONS,
                2,
                0,
                20_000);
        try (ServingServer server = ServingServer.start(settings, versions, meters, () -> "a page")) {
            Asking asking = new Asking(server.port());
            assertThat(gauge("version")).isNaN();
            assertThat(asking.get("/metrics").body()).isEqualTo("a page");
            JsonNode usage = asking.completion("'model':'words','prompt':'abc','n':2,'max_tokens':5")
                    .path("usage");
            asking.post("/v1/completions", "{'model':'words','prompt':'ab','max_tokens':4,'stream':true}");
            assertThat(requests("answered")).isEqualTo(2);
            assertThat(tokens("in")).isEqualTo(5);
            assertThat(tokens("out")).isBetween(usage.path("completion_tokens").asDouble() + 1, 14.0);
            assertThat(meters.get("tempo.rollout.serving.first.token").timer().count())
                    .isEqualTo(2);
            assertThat(gauge("version")).isEqualTo(7);

            asking.post("/v1/completions", "{'model':'gone','prompt':'ab'}");
            asking.post("/v1/completions", "{'model':'words','prompt':'ab','best':1}");
            assertThat(requests("refused")).isEqualTo(2);

            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                String body = "{\"model\":\"words\",\"prompt\":\"ab\",\"temperature\":0,\"n\":2,\"max_tokens\":150000}";
                socket.getOutputStream()
                        .write(("POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                                .getBytes(StandardCharsets.US_ASCII));
                await().until(() -> gauge("open") == 2);
                assertThat(asking.post("/v1/completions", "{'model':'words','prompt':'ab'}")
                                .statusCode())
                        .isEqualTo(429);
                assertThat(requests("busy")).isEqualTo(1);
            }
            await().until(() -> requests("left") == 1);
            assertThat(gauge("open")).isZero();
            assertThat(gauge("waiting")).isZero();
        }
    }
}
