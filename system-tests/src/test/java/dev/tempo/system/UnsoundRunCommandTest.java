package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** {@code ./tempo run} as it is typed, with recipes from which nothing good can come. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class UnsoundRunCommandTest {
    private static final int REFUSED = 1;
    private static final int LEARNED_NOTHING = 3;
    private static final int SOME_FAILED = 4;

    @TempDir
    Path directory;

    private Workspace workspace;
    private Ports ports;
    private TinyWorkload workload;

    @BeforeEach
    void prepare() throws IOException {
        workspace = new Workspace(Files.createDirectories(directory.resolve("workspace")));
        ports = RunningSystem.freePorts();
        workload = TinyWorkload.in(directory.resolve("workload"));
    }

    private TempoProcess tempo(String... arguments) {
        return TempoProcess.start(workspace, ports, arguments);
    }

    private static String lastWord(TempoProcess process) {
        return process.output()
                .lines()
                .filter(line -> line.startsWith("tempo: "))
                .reduce((one, later) -> later)
                .orElse(process.output());
    }

    @LongForm
    @Test
    void aLearningRateThatLeavesNoNumbersStopsTheRunAndItsStepCanBeTakenAgain() throws IOException {
        Path recipe = Files.writeString(workload.directory().resolve("diverging.yaml"), """
                extends: tiny.yaml
                name: diverging
                stages:
                  - name: stage1
                    policy: {learningRate: 1e18}
                """);
        TempoProcess run = tempo("run", "--single-jvm", recipe.toString());
        assertThat(run.status()).as(run.output()).isEqualTo(REFUSED);
        String word = lastWord(run);
        assertThat(word)
                .startsWith("tempo: policy-service: stopped: stage1 round 1 of 2, ")
                .contains(" NaN")
                .contains("./tempo replay ");
        RunDirectory files = new RunDirectory(workspace.run(workspace.runs().get(0)));
        assertThat(files.policy().versions()).isEmpty();

        TempoProcess resumed =
                tempo("run", "--single-jvm", "--resume=" + workspace.runs().get(0));
        assertThat(resumed.status()).as(resumed.output()).isEqualTo(REFUSED);
        assertThat(lastWord(resumed)).isEqualTo(word);

        try (Stream<Path> kept = Files.list(files.nonFinite())) {
            Path file = kept.findFirst().orElseThrow();
            assertThat(word).contains(file.toString());
            TempoProcess replay = TempoProcess.start(directory, List.of("replay", file.toString()));
            assertThat(replay.status()).as(replay.output()).isZero();
            assertThat(replay.output())
                    .contains("policy of run diverging-s5-", "with learning rate 1.0E18")
                    .contains("the first that is not finite: log-probabilities of row ");
        }
    }

    @Test
    void responsesThatFailedAreCountedInTheReportAndSaidInTheStatusAndTheLogHasTheReason() throws IOException {
        Path questions = workload.directory().resolve("unlabeled.jsonl");
        List<String> lines = new ArrayList<>(Files.readAllLines(questions));
        lines.set(lines.size() - 1, "{\"id\": \"endless\", \"question\": \"x" + "*1+0".repeat(20) + "=1\"}");
        Files.write(questions, lines);
        TempoProcess run = tempo("run", "--single-jvm", workload.recipe().toString());

        assertThat(run.status()).as(run.output()).isEqualTo(SOME_FAILED);
        RunDirectory files = new RunDirectory(workspace.run(workspace.runs().get(0)));
        String sentence =
                "Some trajectories failed\\*\\*: [48] in updates of the policy, 0 in those of the critic, 0 in"
                        + " measurements";
        assertThat(files.report()).content().containsPattern(sentence);
        assertThat(run.output()).contains("rajectories failed");
        assertThat(files.logs().resolve("launcher.log"))
                .content()
                .contains("the prompt's 83 tokens and generation.maxNewTokens 22 exceed the model's 64 positions");
    }

    @Test
    void aStageOfWhichNoResponseCarriedAGradientIsSaidInTheStatus() throws IOException {
        Path recipe = Files.writeString(
                workload.directory().resolve("long.yaml"),
                "extends: tiny.yaml\nname: long\ngeneration: {maxNewTokens: 63}\n");
        TempoProcess run = tempo("run", "--single-jvm", "--json", recipe.toString());
        assertThat(run.status()).as(run.output()).isEqualTo(LEARNED_NOTHING);
        JsonNode finished = JsonMapper.shared()
                .readTree(run.output()
                        .lines()
                        .filter(line -> line.startsWith("{\"event\":\"finished\""))
                        .findFirst()
                        .orElseThrow());
        assertThat(finished.get("learnedNothing").values())
                .hasSize(2)
                .allMatch(sentence -> sentence.asString().contains("rows failed"))
                .allMatch(sentence -> sentence.asString().contains("maxNewTokens 63 exceed the model's"));
        String id = workspace.runs().get(0);
        RunDirectory files = new RunDirectory(workspace.run(id));
        assertThat(files.report()).content().contains("**Stage test-time learned nothing: in none of its 4 rounds");

        Files.delete(files.summary());
        TempoProcess resumed = tempo("run", "--single-jvm", "--resume=" + id);
        assertThat(resumed.status()).as(resumed.output()).isEqualTo(LEARNED_NOTHING);
        assertThat(resumed.output()).contains("Stage stage1 learned nothing: in none of its 2 rounds");
    }
}
