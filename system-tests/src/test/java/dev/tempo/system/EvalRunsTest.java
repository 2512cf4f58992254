package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.fixtures.SharedFiles;
import dev.tempo.messaging.service.ServiceEndpoint;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.Workspace;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./tempo eval} as it is typed. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class EvalRunsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Path QUICKSTART =
            Path.of("..", "recipes", "quickstart", "seed0").toAbsolutePath().normalize();
    private static final int KILLED = 137;

    @TempDir
    Path directory;

    private Ports ports;

    @BeforeEach
    void choosePorts() {
        ports = RunningSystem.freePorts();
    }

    @Test
    void aKilledMeasurementGoesOnWithTheSameCommandToTheSameNumbersAndIsComparedWithAnother() throws IOException {
        Path holdout = some("holdout.jsonl", 100);
        Path unlabeled = table(some("unlabeled-answers.jsonl", 8));
        Workspace whole = new Workspace(directory.resolve("whole"));
        Workspace broken = new Workspace(directory.resolve("broken"));
        Path out = directory.resolve("out");
        String[] command = {
            "eval",
            "--model=" + QUICKSTART.resolve("base"),
            "--benchmark=" + holdout + "," + unlabeled,
            "--samples=32",
            "--max-tokens=22",
            "--prompt={question}",
            "--judge=block-inversion",
            "--environment=calculator"
        };

        TempoProcess undisturbed = tempo(whole, and(command, "--single-jvm", "--out=" + out));
        assertThat(undisturbed.status()).as(undisturbed.output()).isZero();
        String id = whole.runs().get(0);
        assertThat(id).matches("eval-base-[0-9a-f]{10}");
        assertThat(undisturbed.output())
                .contains(
                        "holdout: 100 rows, 100 questions",
                        "measuring: ",
                        "avg@32",
                        "pass@2",
                        "pass@32",
                        "maj@32",
                        "(below each score: its 95 % interval)",
                        "holdout: 3200 responses to 100 questions",
                        "  truncated   ",
                        "  unanswered  ",
                        "ended at the limit of 22 tokens",
                        out.resolve("evaluation.json").toString())
                .doesNotContain("final", "CRITIC", "base (v0)");
        JsonNode result = JSON.readTree(Files.readString(out.resolve("evaluation.json")));
        assertThat(result.at("/sets/holdout/scores/avg32/value").asDouble()).isBetween(.02, .4);
        assertThat(result.at("/sets/holdout/responses/responses").asInt()).isEqualTo(3200);
        List<JsonNode> rows = rows(out);
        assertThat(rows).hasSize(108);
        assertThat(rows.get(0).get("responses")).hasSize(32);
        assertThat(rows.stream()
                        .filter(row -> row.get("set").asString().equals("holdout"))
                        .mapToDouble(row -> row.get("avg").asDouble())
                        .average()
                        .orElseThrow())
                .isEqualTo(result.at("/sets/holdout/scores/avg32/value").asDouble());
        assertThat(whole.run(id).resolve("final")).doesNotExist();

        TempoProcess killed = tempo(broken, command);
        killed.await(() -> killed.output().contains("questions are left") && left() < 90);
        List<ProcessHandle> children = killed.children();
        assertThat(children).as("a broker and three services").hasSize(4);
        killed.kill();
        assertThat(killed.status()).isEqualTo(KILLED);

        TempoProcess resumed = tempo(broken, and(command, "--single-jvm", "--json"));
        assertThat(resumed.status()).as(resumed.output()).isZero();
        assertThat(broken.runs()).containsExactly(id);
        assertThat(resumed.output().lines()).as(resumed.output()).allMatch(line -> line.startsWith("{"));
        List<JsonNode> events = resumed.output().lines().map(JSON::readTree).toList();
        JsonNode last = events.get(events.size() - 1);
        assertThat(last.get("event").asString()).isEqualTo("evaluation");
        assertThat(last.at("/result/sets/holdout/scores")).isEqualTo(result.at("/sets/holdout/scores"));
        assertThat(last.at("/result/sets/unlabeled-answers/responses"))
                .isEqualTo(result.at("/sets/unlabeled-answers/responses"));
        assertThat(broken.run(id).resolve("questions.jsonl"))
                .hasSameBinaryContentAs(whole.run(id).resolve("questions.jsonl"));

        TempoProcess again = tempo(whole, command);
        assertThat(again.status()).as(again.output()).isZero();
        assertThat(again.output())
                .contains("measured before, as run " + id, "holdout: 3200 responses to 100 questions")
                .doesNotContain("starting", "final");

        TempoProcess unknown = tempo(whole, "eval", "--run=" + id, "--version=v7", "--benchmark=" + holdout);
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.output()).contains("run " + id + " keeps no version v7; it keeps v0");

        TempoProcess other = tempo(whole, and(command, "--single-jvm", "--temperature=0.7"));
        assertThat(other.status()).as(other.output()).isZero();
        List<String> both = new ArrayList<>(whole.runs());
        both.remove(id);
        assertAskedAsItsRunAsks(whole, id, holdout, unlabeled);
        TempoProcess comparison = tempo(whole, "compare", out.toString(), both.get(0));
        assertThat(comparison.status()).as(comparison.output()).isZero();
        assertThat(comparison.output().replaceAll("\\s+", " "))
                .contains("generation.temperature: 1.0 | 0.7")
                .containsPattern(both.get(0) + " against " + id
                        + " on holdout: [+-]0\\.\\d{3} \\[[+-]0\\.\\d{3}, [+-]0\\.\\d{3}\\] over 100 questions");
    }

    /** What is said of a run's version and of nothing else is asked as the run asks, so that it answers the same. */
    private void assertAskedAsItsRunAsks(Workspace workspace, String run, Path... sets) throws IOException {
        TempoProcess command = tempo(
                workspace,
                "eval",
                "--run=" + run,
                "--benchmark=" + sets[0] + "," + sets[1],
                "--samples=32",
                "--judge=block-inversion",
                "--single-jvm");
        assertThat(command.status()).as(command.output()).isZero();
        String id = workspace.runs().stream()
                .filter(each -> each.startsWith("eval-" + run + "-v0-"))
                .findFirst()
                .orElseThrow();
        assertThat(workspace.run(id).resolve("questions.jsonl"))
                .hasSameBinaryContentAs(workspace.run(run).resolve("questions.jsonl"));
    }

    /** Whether a model of this size knows anything does not matter here: every file goes through the whole system. */
    @LongForm
    @Test
    void everyPublishedFileIsMeasured() throws IOException {
        Path model = SharedFiles.at("fixtures/models/qwen3-tied-bf16");
        Workspace workspace = new Workspace(directory.resolve("workspace"));
        String general = SharedFiles.at("datasets/general-substitute")
                .resolve("ROLL-llm_judge_Multi-subject-RLVR_deal_new.jsonl")
                .toString();

        TempoProcess eval = tempo(
                workspace,
                "eval",
                "--model=" + model,
                "--data=" + SharedFiles.at("datasets"),
                "--benchmark=aime24,aime25,aime26,olymmath-en-easy,olymmath-en-hard,olymmath-zh-easy,olymmath-zh-hard",
                "--benchmark=math-500,bbh,agieval,dapo,general=" + general,
                "--first=2",
                "--samples=2",
                "--max-tokens=4",
                "--single-jvm");

        assertThat(eval.status(Duration.ofMinutes(10))).as(eval.output()).isIn(0, 4);
        Path run = workspace.run(workspace.runs().get(0));
        JsonNode sets =
                JSON.readTree(Files.readString(run.resolve("evaluation.json"))).get("sets");
        assertThat(sets.propertyNames()).hasSize(12);
        sets.forEach(set -> assertThat(set.at("/responses/responses").asInt()
                        + set.get("failed").asInt())
                .as(set.toString())
                .isEqualTo(4));
        assertThat(sets.at("/aime24/responses/truncated/value").asDouble()).isBetween(0.0, 1.0);
        assertThat(eval.output()).contains("bbh: 6511 rows, 6505 questions", "in 27 files", "published with 6511");
    }

    /** The questions that eval-service waits for; all the many before it can be asked. */
    private double left() {
        return new ServiceEndpoint(URI.create("http://127.0.0.1:" + (ports.base() + 5)))
                .get("/actuator/prometheus")
                .flatMap(metrics -> metrics.lines()
                        .filter(line -> line.startsWith("tempo_eval_requests_open"))
                        .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .findFirst())
                .orElse(Double.MAX_VALUE);
    }

    private static List<JsonNode> rows(Path directory) throws IOException {
        try (Stream<String> lines = Files.lines(directory.resolve("questions.jsonl"))) {
            return lines.map(JSON::readTree).toList();
        }
    }

    /** The rows of JSON lines as a table. */
    private static Path table(Path lines) throws IOException {
        List<String> rows = new ArrayList<>(List.of("id,question,answer"));
        for (String line : Files.readAllLines(lines)) {
            JsonNode row = JSON.readTree(line);
            rows.add("\"%s\",\"%s\",\"%s\""
                    .formatted(
                            row.get("id").asString(),
                            row.get("question").asString(),
                            row.get("answer").asString()));
        }
        return Files.write(lines.resolveSibling(lines.getFileName().toString().replace(".jsonl", ".csv")), rows);
    }

    private Path some(String file, int lines) throws IOException {
        Path data = Files.createDirectories(directory.resolve("data"));
        try (Stream<String> all = Files.lines(QUICKSTART.resolve(file))) {
            return Files.write(data.resolve(file), all.limit(lines).toList());
        }
    }

    private TempoProcess tempo(Workspace workspace, String... arguments) throws IOException {
        Files.createDirectories(workspace.root());
        return TempoProcess.start(workspace, ports, arguments);
    }

    private static String[] and(String[] command, String... more) {
        return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
    }
}
