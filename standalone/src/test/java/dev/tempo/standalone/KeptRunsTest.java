package dev.tempo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.training.Pretrainer;
import dev.tempo.recipes.RecipeFile;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.LaunchSettings;
import dev.tempo.standalone.launch.RunRecord;
import dev.tempo.standalone.launch.Workspace;
import dev.tempo.standalone.launch.WorkspaceLock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The runs of a workspace by the commands that list, read and delete them. */
class KeptRunsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path directory;

    private final StringWriter errors = new StringWriter();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private Workspace workspace = new Workspace(Path.of("."));

    @BeforeEach
    void runsOfEveryState() throws IOException {
        workspace = new Workspace(directory.resolve("workspace"));
        write("finished", 2, 1000, "base");
        Files.writeString(workspace.run("finished").resolve("summary.json"), "{}");
        Files.createDirectories(workspace.run("finished").resolve("policy/v00003"));
        write("stopped", 2, 2000, "base");
        write("older", 1, 3000, "base");
        write("broken", 2, 4000, "base");
        Path torn = workspace.run("broken").resolve("run.json");
        Files.writeString(torn, "{\"run\": \"bro");
        Files.setLastModifiedTime(torn, FileTime.from(Instant.ofEpochSecond(4000)));
    }

    @Test
    void aVersionOfARunBecomesAGgufFileUnderItsName() throws IOException {
        ModelConfig config =
                new ModelConfig("qwen3", 16, 1, 2, 1, 8, 24, 1e-6, 1e4, true, 2, 48, OptionalInt.of(0), List.of(1));
        for (String version : List.of("v00001", "v00002")) {
            Path kept = workspace.run("stopped").resolve("policy").resolve(version);
            Pretrainer.initialise(config, List.of("a", "b"), version.hashCode(), kept);
        }
        Path newest = directory.resolve("newest.gguf");
        Path older = directory.resolve("older.gguf");

        assertThat(execute("export", "stopped", "--gguf=" + newest)).isZero();
        assertThat(execute("export", "stopped", "--gguf=" + older, "--version=v1"))
                .isZero();

        assertThat(Files.readString(newest, StandardCharsets.ISO_8859_1))
                .startsWith("GGUF")
                .contains("stopped, stage1 round 2 of 2 (v2)");
        assertThat(Files.readString(older, StandardCharsets.ISO_8859_1)).contains("stopped, stage1 round 1 of 2 (v1)");
        assertThat(lines()).anyMatch(line -> line.startsWith("note: llama.cpp leaves out characters"));
        assertThat(execute("export", "stopped", "--gguf=" + directory.resolve("none.gguf"), "--version=v7"))
                .isNotZero();
        assertThat(errors.toString()).contains("keeps no version v7");
        assertThat(directory.resolve("none.gguf")).doesNotExist();
    }

    @Test
    void runsAreListedNewestFirstWithTheirStateInJson() {
        assertThat(execute("ls", "--json")).isZero();

        List<JsonNode> runs = lines().map(JSON::readTree).toList();
        assertThat(runs)
                .extracting(run ->
                        run.path("run").asString() + " " + run.path("state").asString())
                .containsExactly("broken damaged", "older other format", "stopped stopped", "finished finished");
        JsonNode finished = runs.get(3);
        assertThat(finished.path("version").asInt()).isEqualTo(3);
        assertThat(finished.path("rounds").asInt()).isEqualTo(2);
        assertThat(finished.path("seed").asLong()).isEqualTo(5);
        assertThat(finished.path("begun").asString()).isEqualTo("1970-01-01T00:16:40Z");
        assertThat(finished.path("bytes").asLong()).isGreaterThan(100);
    }

    @Test
    void aCancelledRunIsCalledSoAndNotSaidToGoOn() {
        new RunDirectory(workspace.run("stopped")).noteCancelled();

        execute("ls", "--json");
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("\"state\":\"cancelled\"");
        output.reset();
        assertThat(execute("status", "stopped")).isZero();
        assertThat(lines())
                .anyMatch(line -> line.endsWith("./tempo rm stopped"))
                .noneMatch(line -> line.contains("resume"));
        assertThat(execute("run", "--resume", "stopped")).isEqualTo(1);
        assertThat(errors.toString()).contains("run stopped was cancelled", "./tempo run ");
    }

    @Test
    void theListFitsEightyColumnsAndNeverCutsAnId() throws IOException {
        String lengthy = "a-run-with-a-name-that-is-much-longer-than-usual-s0-1121-141831";
        write(lengthy, 2, 5000, "base");

        assertThat(execute("ls")).isZero();

        assertThat(lines()).allMatch(line -> line.length() <= 80).contains(lengthy);
    }

    @Test
    void theRunAtWorkIsListedAsRunningUntilItsLauncherIsGone() throws IOException {
        Path words = workspace.root().resolve(".tempo/at-work");
        Files.createDirectories(words.getParent());
        Files.writeString(words, "process " + ProcessHandle.current().pid() + ", run stopped");
        execute("ls", "--json");
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("\"state\":\"running\"");

        output.reset();
        Files.writeString(words, "process 999999999, run stopped");
        execute("ls", "--json");
        assertThat(output.toString(StandardCharsets.UTF_8)).doesNotContain("running");
    }

    @Test
    @Timeout(30)
    void aServiceThatTakesConnectionsAndNeverAnswersIsNamedWithinSeconds() throws IOException {
        Path words = workspace.root().resolve(".tempo/at-work");
        Files.createDirectories(words.getParent());
        Files.writeString(words, "process " + ProcessHandle.current().pid() + ", run stopped");
        int base = 23400;
        HttpServer critic = HttpServer.create(new InetSocketAddress("127.0.0.1", base + 2), 0);
        critic.createContext("/actuator/health", exchange -> {
            byte[] health = ("{\"status\":\"OUT_OF_SERVICE\",\"components\":{\"critic\":{\"status\":"
                            + "\"OUT_OF_SERVICE\",\"details\":{\"run stopped\":\"stalled: round 1 misses q7\"}},"
                            + "\"work\":{\"status\":\"UP\",\"details\":{\"work\":[{\"name\":\"critic epoch 1\","
                            + "\"run\":\"stopped\",\"round\":0,\"since\":\"2026-11-21T14:18:31Z\"}]}}}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(503, health.length);
            exchange.getResponseBody().write(health);
            exchange.close();
        });
        critic.start();
        try (ServerSocket frozen = new ServerSocket(base + 1, 1, InetAddress.getLoopbackAddress())) {
            assertThat(frozen.isBound()).isTrue();
            assertThat(execute("status", "--port-base=" + base)).isZero();
        } finally {
            critic.stop(0);
        }
        assertThat(lines())
                .anyMatch(line -> line.startsWith("rollout-service: does not answer"))
                .contains("critic-service: OUT_OF_SERVICE")
                .anyMatch(line -> line.startsWith("  run stopped: stalled: ") && line.endsWith("misses q7"))
                .anyMatch(line -> line.matches("  works at: critic epoch 1, .*round 1 of \\d+, for \\d+ s"));
    }

    @Test
    void ofARunThatIsNotAtWorkItIsSaidHowToGoOn() {
        assertThat(execute("status")).isEqualTo(1);
        assertThat(errors.toString()).contains("no run is at work", "./tempo ls");
        assertThat(execute("status", "stopped")).isZero();
        assertThat(lines()).contains("go on with ./tempo run --resume stopped");
        output.reset();
        assertThat(execute("status", "finished", "--json")).isZero();
        assertThat(JSON.readTree(output.toString(StandardCharsets.UTF_8))
                        .path("state")
                        .asString())
                .isEqualTo("finished");
    }

    @Test
    void anEmptyWorkspaceSaysHowToBegin() {
        workspace = new Workspace(directory.resolve("empty"));

        assertThat(execute("ls")).isZero();
        assertThat(lines()).singleElement().asString().contains("no run yet", "./tempo run");
    }

    @Test
    void theLastLinesOfAServicesLogArePrinted() throws IOException {
        Path logs = Files.createDirectories(workspace.run("stopped").resolve("logs"));
        StringBuilder text = new StringBuilder();
        for (int line = 1; line <= 5000; line++) {
            text.append("line ").append(line).append('\n');
        }
        Files.writeString(logs.resolve("policy-service.log"), text);

        assertThat(execute("logs", "policy", "stopped", "--lines", "2000", "-f"))
                .isZero();
        assertThat(lines()).hasSize(2000).startsWith("line 3001").endsWith("line 5000");
        output.reset();
        assertThat(execute("logs", "policy-service", "stopped", "--lines=0")).isZero();
        assertThat(lines()).isEmpty();
        assertThat(execute("logs", "critic", "stopped")).isEqualTo(1);
        assertThat(errors.toString()).contains("run stopped has no log of 'critic'", "it has policy-service");
    }

    @Test
    void withoutAServiceTheLogsOfTheNewestRunAreListed() throws IOException {
        Path logs = Files.createDirectories(workspace.run("broken").resolve("logs"));
        Files.writeString(logs.resolve("kafka.log"), "");
        Files.writeString(logs.resolve("kafka.out"), "");

        assertThat(execute("logs")).isZero();
        assertThat(lines()).containsExactly("kafka");
    }

    @Test
    void aDeletedRunIsGoneAndTheBrokersLogStaysWhileAnotherRunIsKept() throws IOException {
        Files.writeString(workspace.run("stopped").resolve("weights"), "0".repeat(3_000_000));
        Path log = Files.createDirectories(workspace.broker());

        assertThat(execute("rm", "--yes", "stopped", "broken")).isZero();

        assertThat(workspace.runs()).containsExactly("finished", "older");
        assertThat(workspace.root().resolve("runs"))
                .isDirectoryNotContaining(path -> path.toString().contains("stop"));
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("3.0 MB of files freed");
        assertThat(log).exists();
        output.reset();

        assertThat(execute("rm", "--yes", "finished", "older")).isZero();
        assertThat(workspace.runs()).isEmpty();
        assertThat(log).doesNotExist();
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("of the broker's log freed");
    }

    @Test
    void nothingIsDeletedWithoutAWordOrWithOneUnknownRun() {
        assertThat(execute("rm", "stopped")).isEqualTo(1);
        assertThat(errors.toString()).contains("--yes");
        assertThat(execute("rm", "--yes", "stopped", "ghost")).isEqualTo(1);
        assertThat(errors.toString()).contains("no run 'ghost'");
        assertThat(workspace.runs()).contains("stopped");
    }

    @Test
    void nothingIsDeletedWhileALauncherIsAtWork() {
        try (WorkspaceLock lock = workspace.lock("run stopped", notice -> {})) {
            assertThat(execute("rm", "--yes", "stopped")).isEqualTo(1);
        }
        assertThat(errors.toString()).contains("another tempo is at work", "run stopped");
        assertThat(workspace.runs()).contains("stopped");
    }

    @Test
    void aRunWhoseModelAnotherBeganWithStays() throws IOException {
        write("child", 2, 6000, workspace.run("finished").resolve("final").toString());

        assertThat(execute("rm", "--yes", "finished")).isEqualTo(1);
        assertThat(errors.toString()).contains("run child began with", "a model of run finished");
        assertThat(workspace.runs()).contains("finished");
        assertThat(execute("rm", "--yes", "finished", "child")).isZero();
    }

    private void write(String id, @Nullable Integer format, long second, String model) throws IOException {
        for (String name : new String[] {"labeled", "holdout"}) {
            Files.writeString(directory.resolve(name + ".jsonl"), "{\"question\": \"" + name + "?\"}\n");
        }
        Path file = Files.writeString(directory.resolve("example.yaml"), """
                name: example
                seed: 5
                model: %s
                data:
                  labeled: {file: labeled.jsonl}
                evaluation: {every: 2, samples: 4, sets: {holdout: {file: holdout.jsonl}}}
                generation: {temperature: 1.0, maxNewTokens: 22}
                judges: {default: [block-inversion]}
                stages:
                  - name: stage1
                    rounds: 2
                    questionsFrom: labeled
                    questions: 1
                    samples: 2
                    reward: verdict
                    policy: {learningRate: 3e-4, miniBatch: 4, clip: [0.03, 0.05]}
                    critic: {learningRate: 5e-4, miniBatch: 4}
                """.formatted(model));
        Recipe recipe = RecipeFile.read(file, null);
        Files.createDirectories(directory.resolve(model));
        Path own = workspace.run(id);
        ModelReference base =
                new ModelReference(directory.resolve("base").toUri().toString(), "0".repeat(64));
        RunRecord.write(
                new Run(id, RunState.ACTIVE, recipe, base, own.toString(), null),
                new LaunchSettings(format, 1, "cpu", "float32", null, null, null),
                file,
                List.of());
        Files.setLastModifiedTime(own.resolve("run.json"), FileTime.from(Instant.ofEpochSecond(second)));
    }

    private Stream<String> lines() {
        return output.toString(StandardCharsets.UTF_8).lines();
    }

    private int execute(String... arguments) {
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--workspace=" + workspace.root()))
                .toArray(String[]::new);
        PrintStream before = System.out;
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            return Tempo.commandLine()
                    .setOut(new PrintWriter(System.out, true))
                    .setErr(new PrintWriter(errors, true))
                    .execute(all);
        } finally {
            System.setOut(before);
        }
    }
}
