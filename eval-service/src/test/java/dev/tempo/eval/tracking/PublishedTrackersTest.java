package dev.tempo.eval.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.tempo.fixtures.TensorBoardEvents;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The trackers themselves, as they are published, where {@code tempo.trackers.python} names a Python that has them. */
@EnabledIfSystemProperty(
        named = "tempo.trackers.python",
        matches = ".+",
        disabledReason = "needs a Python with tensorboard and mlflow (docs/trackers.md)")
class PublishedTrackersTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PYTHON = System.getProperty("tempo.trackers.python", "python3");

    @TempDir
    Path directory;

    @Test
    void tensorBoardReadsEveryNumberOnceAsItWasWritten() throws IOException, InterruptedException {
        List<TrackedEntry> entries = new ArrayList<>(TrackedEntries.rounds(40));
        EventFile file = new EventFile(directory);
        file.hold(entries.subList(0, 17));
        file.hold(entries);

        List<JsonNode> read = python("tensorboard_events.py", directory.toString());

        List<TensorBoardEvents.Event> ours = TensorBoardEvents.in(TensorBoardEvents.fileIn(directory));
        assertThat(read)
                .hasSize(ours.stream().mapToInt(event -> event.scalars().size()).sum());
        for (JsonNode scalar : read) {
            TensorBoardEvents.Event event = ours.get(scalar.path("step").asInt());
            assertThat(event.step()).isEqualTo(scalar.path("step").asLong());
            assertThat(scalar.path("wallTime").asDouble()).isEqualTo(event.wallTime());
            assertThat(scalar.path("value").asDouble())
                    .isEqualTo(
                            Objects.requireNonNull(
                                    event.scalars().get(scalar.path("tag").asString())),
                            within(1e-12));
        }
    }

    @Test
    void mlflowHasARunThatWasInterruptedAndWentOnWithEveryNumberOnce() throws IOException, InterruptedException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        URI address = URI.create("http://127.0.0.1:" + port);
        Process server = new ProcessBuilder(
                        PYTHON,
                        "-m",
                        "mlflow",
                        "server",
                        "--host=127.0.0.1",
                        "--port=" + port,
                        "--workers=1",
                        "--backend-store-uri=sqlite:///" + directory.resolve("mlflow.db"),
                        "--artifacts-destination=" + directory.resolve("artifacts"))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("mlflow.log").toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> answers(address));
            MlflowTracker first = tracker(address);
            first.follow(TrackedEntries.run(), TrackedEntries.rounds(30), MlflowStatus.RUNNING);
            await().atMost(Duration.ofSeconds(30)).until(() -> first.unsent() == 0);
            first.close();
            TrackedEntry measured =
                    TrackedEntries.entry("{\"type\":\"evaluation\",\"version\":30,\"at\":\"2026-11-28T05:01:00Z\","
                            + "\"sets\":[{\"set\":\"holdout\",\"questions\":2,\"samples\":16,\"avg\":{\"value\":0.5},"
                            + "\"passAt\":{\"16\":{\"value\":1}},\"majority\":{\"value\":0.5}}]}");
            List<TrackedEntry> all = new ArrayList<>(TrackedEntries.rounds(30));
            all.add(measured);
            try (MlflowTracker second = tracker(address)) {
                second.follow(TrackedEntries.run(), all, MlflowStatus.RUNNING);
                TrackingOutcome outcome = await().atMost(Duration.ofSeconds(30))
                        .until(() -> second.end(TrackedEntries.RUN, MlflowStatus.FINISHED), ended -> ended != null);
                assertThat(outcome.problem()).isNull();

                List<JsonNode> runs = python("mlflow_runs.py", address.toString());
                assertThat(runs).hasSize(1);
                JsonNode run = runs.get(0);
                assertThat(run.path("id").asString()).isEqualTo(outcome.run());
                assertThat(run.path("name").asString()).isEqualTo(TrackedEntries.RUN);
                assertThat(run.path("status").asString()).isEqualTo("FINISHED");
                assertThat(run.path("tags").path("tempo.run").asString()).isEqualTo(TrackedEntries.RUN);
                assertThat(run.path("params").path("stages.a.rounds").asString())
                        .isEqualTo("4");
                JsonNode losses = run.path("metrics").path("actor/pg_loss");
                assertThat(losses.size()).isEqualTo(30);
                for (int round = 1; round <= 30; round++) {
                    assertThat(losses.path(round - 1).path(0).asInt()).isEqualTo(round);
                    assertThat(losses.path(round - 1).path(1).asLong())
                            .isEqualTo(all.get(round - 1).millis());
                    assertThat(losses.path(round - 1).path(2).asDouble()).isEqualTo(1.0 / round, within(1e-12));
                }
                assertThat(run.path("metrics")
                                .path("val-core/holdout/acc/mean_at_16")
                                .path(0)
                                .path(2)
                                .asDouble())
                        .isEqualTo(.5);
            }
        } finally {
            server.descendants().forEach(ProcessHandle::destroy);
            server.destroy();
            server.waitFor();
        }
    }

    private static MlflowTracker tracker(URI address) {
        return new MlflowTracker(
                MlflowAccess.of(address, Map.<String, String>of()::get), "tempo", InstantSource.system());
    }

    private static boolean answers(URI address) {
        try {
            HttpURLConnection asked =
                    (HttpURLConnection) address.resolve("/health").toURL().openConnection();
            return asked.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static List<JsonNode> python(String script, String argument) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(PYTHON, "src/test/python/" + script, argument)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return Arrays.stream(output.split("\n")).map(JSON::readTree).toList();
    }
}
