package dev.tempo.eval.tracking;

import dev.tempo.fixtures.hostile.HostileInputs;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a server of MLflow may answer, and what may have become of the file that says how a run ended there. */
class HostileMlflowTest {
    private final MlflowServer server =
            new MlflowServer(MlflowAccess.of(URI.create("http://127.0.0.1:1"), name -> null), Duration.ofSeconds(1));

    @TempDir
    Path directory;

    private static final class Damaged extends Exception {
        private static final long serialVersionUID = 1;
    }

    @Test
    void answers() {
        HostileInputs.of("an answer of MLflow")
                .seeds(
                        "{\"runs\":[{\"info\":{\"run_id\":\"0a1b\",\"status\":\"RUNNING\"},\"data\":{\"tags\":[{\"key\":"
                                + "\"tempo.lines\",\"value\":\"12\"}]}}]}",
                        "{\"error_code\":\"INTERNAL_ERROR\",\"message\":\"out of order\"}")
                .words("\"runs\"", "\"info\"", "\"run_id\"", "\"tags\"", "\"message\"", "\"error_code\"")
                .refusedBy(MlflowException.class)
                .into(input -> {
                    JsonNode content = server.content(input.length % 3 == 0 ? 500 : 200, input);
                    return MlflowServer.found(content.path("runs").path(0));
                });
    }

    @Test
    void outcomes() {
        HostileInputs.of("mlflow.json")
                .seeds(
                        "{\"server\":\"http://host:5000\",\"run\":\"0a1b\",\"sent\":12,\"lines\":12,\"problem\":null}",
                        "{\"server\":\"http://host:5000\",\"run\":null,\"sent\":0,\"lines\":12,\"problem\":\"nobody answers\"}")
                .words("\"server\"", "\"sent\"", "\"problem\"")
                .refusedBy(Damaged.class)
                .into(input -> TrackingOutcome.in(Files.write(directory.resolve("mlflow.json"), input))
                        .map(TrackingOutcome::words)
                        .orElseThrow(Damaged::new));
    }
}
