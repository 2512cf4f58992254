package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.eval.served.ServedAnswer;
import dev.tempo.eval.served.ServedAnswers;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.Workspace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./tempo serve --demo} as it is typed, of a few questions: asked, learned from, killed into, stopped and gone on with. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DemoCommandTest {
    private static final Path QUICKSTART =
            Path.of("..", "recipes", "quickstart", "seed0").toAbsolutePath().normalize();

    private static final String RECIPE = """
        extends: tiny.yaml
        name: kiosk
        data: {unlabeled: {file: ~, id: ~, arriving: {fresh: 0}}}
        evaluation: {every: 100, samples: 1, passAt: [1], criticQualityOn: holdout, sets: {unlabeled: ~}}
        promotion: {file: promotion.jsonl, id: id, every: 1, samples: 2, step: 4, margin: 0.3, passMargin: 0.5,
          malformedMargin: 0.9, lengthMargin: 0.9}
        stages:
          - {name: stage1, rounds: 1, criticWarmUp: 1}
          - {name: test-time, rounds: unbounded, recalibration: {every: 3}}
        """;

    @TempDir
    Path directory;

    private final Ports ports = RunningSystem.freePorts();
    private Workspace workspace = new Workspace(Path.of(""));

    @BeforeEach
    void write() throws IOException {
        workspace = new Workspace(directory.resolve("workspace"));
        Path work = directory.resolve("workload");
        TinyWorkload.in(work).promotionQuestions("promotion.jsonl", 10, 18);
        Files.writeString(work.resolve("kiosk.yaml"), RECIPE);
        Files.write(
                work.resolve("asked.jsonl"),
                Files.readAllLines(QUICKSTART.resolve("unlabeled-answers.jsonl"))
                        .subList(40, 46));
    }

    @Test
    void whatIsAskedIsServedScoredAndLearnedFromAcrossAKillAndAStop() throws Exception {
        TempoProcess demo = demo();
        demo.await(() -> answers().size() >= 2 && RunTraces.newestPolicy(workspace) >= 2);
        demo.child("dev.tempo.policy.PolicyService").kill();
        int before = answers().size();
        demo.await(() -> answers().size() >= before + 6 && RunTraces.newestPolicy(workspace) >= 4);
        JsonNode served = served();
        demo.interrupt();
        assertThat(demo.status()).isEqualTo(130);
        assertThat(demo.output())
                .contains("a client asks 6 questions over and over", "serving kiosk")
                .contains("stopped; the same command goes on with run "
                        + workspace.runs().get(0))
                .doesNotContain("Exception");

        assertThat(served.path("answers").asInt()).isGreaterThanOrEqualTo(before + 6);
        assertThat(served.at("/promotions/0/outcome").asString()).isEqualTo("promoted");
        assertThat(served.at("/versions/0/name").asString()).isEqualTo("base (v0)");
        int kept = answers().size();

        TempoProcess again = demo();
        again.await(() -> answers().size() >= kept + 2);
        again.interrupt();
        assertThat(again.status()).isEqualTo(130);
        assertThat(workspace.runs()).hasSize(1);
        List<ServedAnswer> all = answers();
        // each pass over the six asks each of them once, before the stop and after it
        assertThat(all.subList(0, 6)).extracting(ServedAnswer::question).doesNotHaveDuplicates();
        assertThat(all.subList(all.size() / 6 * 6 - 6, all.size() / 6 * 6))
                .extracting(ServedAnswer::question)
                .doesNotHaveDuplicates();
    }

    private TempoProcess demo() {
        Path work = directory.resolve("workload");
        return TempoProcess.start(
                workspace,
                ports,
                "serve",
                work.resolve("kiosk.yaml").toString(),
                "--demo",
                "--questions=" + work.resolve("asked.jsonl"),
                "--port=0");
    }

    private List<ServedAnswer> answers() {
        return workspace.runs().stream()
                .flatMap(run -> new ServedAnswers(new RunDirectory(workspace.run(run)).served()).all().stream())
                .toList();
    }

    private JsonNode served() throws IOException, InterruptedException {
        String run = workspace.runs().get(0);
        URI uri = URI.create("http://127.0.0.1:" + (ports.base() + 5) + "/api/runs/" + run + "/served");
        return JsonMapper.shared()
                .readTree(HttpClient.newHttpClient()
                        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                        .body());
    }
}
