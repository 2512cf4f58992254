package dev.tempo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.Policy;
import dev.tempo.model.Pretraining;
import dev.tempo.model.Sequence;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TempoTest {
    private static final String GOOD = "{\"op\": \"avg@n and unbiased pass@k for one problem\", \"cases\": ["
            + "{\"id\": \"one\", \"input\": {\"samples\": 4, \"correct\": 2},"
            + " \"output\": {\"avg\": 0.5, \"pass_at\": {\"1\": 0.5, \"4\": 1.0}}},"
            + "{\"id\": \"two\", \"input\": {\"samples\": 4, \"correct\": 0},"
            + " \"output\": {\"avg\": 0.0, \"pass_at\": {\"2\": 0.0}}}]}";

    @TempDir
    Path directory;

    private final StringWriter errors = new StringWriter();
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "init",
                "compare",
                "doctor",
                "pretrain",
                "recompute",
                "export",
                "conformance",
                "judge",
                "questions"
            })
    void everyCommandExplainsItself(String command) {
        StringWriter help = new StringWriter();

        int status = Tempo.commandLine().setOut(new PrintWriter(help)).execute(command, "--help");

        assertThat(status).isZero();
        assertThat(help.toString())
                .contains("Usage: tempo " + command, "--help")
                .doesNotContain("${");
    }

    @Test
    void scriptsAreExportedForAModelWithoutARun() {
        Path model = directory.resolve("model");
        ModelConfig config =
                new ModelConfig("qwen3", 16, 1, 2, 1, 8, 24, 1e-6, 1e4, true, 8, 48, OptionalInt.of(0), List.of(1));
        Pretraining.initialise(config, List.of("a", "b", "c", "d", "e", "f", "g", "h"), 1, model);
        Path scripts = directory.resolve("scripts");
        String[] export = {"export", "--torchscript", scripts.toString(), "--model", model.toString()};

        assertThat(Tempo.commandLine().execute(export)).isZero();
        assertThat(scripts).isDirectoryContaining(file -> file.endsWith("model.pt"));

        assertThat(Tempo.commandLine().setErr(new PrintWriter(errors)).execute(export))
                .isNotZero();
        assertThat(errors.toString()).contains(scripts + " is there already");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--torchscript=x", "--model=x", "--out=x", "run-1"})
    void whatAnExportLacksIsSaid(String arguments) {
        String[] export = ("export " + arguments).strip().split(" ");

        assertThat(Tempo.commandLine().setErr(new PrintWriter(errors)).execute(export))
                .isNotZero();
        assertThat(errors.toString()).containsAnyOf("name a run and, by --out,", "--torchscript DIR --model DIR");
    }

    @Test
    void theProgramListsItsCommandsAndWhereToStart() {
        StringWriter help = new StringWriter();

        assertThat(Tempo.commandLine().setOut(new PrintWriter(help)).execute("--help"))
                .isZero();
        assertThat(help.toString())
                .contains("run", "compare", "doctor", "pretrain", "recompute", "conformance", "judge", "./tempo run");
    }

    @Test
    void aRecipeThatDoesNotExistIsSaidInALine() {
        int status = execute("run", "--recipe=" + directory.resolve("nowhere.yaml"), "--workspace=" + directory);

        assertThat(status).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString())
                .contains("tempo: ", "nowhere.yaml", "no such recipe")
                .doesNotContain("\tat ");
    }

    @Test
    void aMisspeltFieldIsSaidWithItsLineAndWithoutAStackTrace() throws IOException {
        Path recipe = Files.writeString(directory.resolve("mine.yaml"), "name: mine\nsead: 3\n");

        int status = execute("run", "--recipe=" + recipe, "--workspace=" + directory, "--port-base=23000");

        assertThat(status).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("mine.yaml:").doesNotContain("\tat ");
        assertThat(directory.resolve("runs")).doesNotExist();
    }

    @Test
    void anUnknownOptionIsAUsageError() {
        assertThat(execute("run", "--recipee=x")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains("--recipee");
    }

    @Test
    void aRunThatIsNotThereCannotBeResumed() {
        int status = execute("run", "--resume=ghost", "--workspace=" + directory, "--port-base=23000");

        assertThat(status).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("no run 'ghost'").doesNotContain("\tat ");
    }

    @Test
    void resumingTakesNoOtherRecipe() {
        assertThat(execute("run", "--resume=ghost", "--seed=1")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("leave out --recipe and --seed");
    }

    @Test
    void comparingWhatIsNoFinishedRunNamesIt() {
        assertThat(execute("compare", "ghost", "--workspace=" + directory)).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString())
                .contains("no run 'ghost'", "there is no run yet")
                .doesNotContain("\tat ");
    }

    @Test
    void conformanceInJsonPrintsOneObjectAndNothingElse() throws IOException {
        Files.writeString(directory.resolve("pass.json"), GOOD);
        Files.writeString(directory.resolve("notes.txt"), "no fixture");
        Files.writeString(directory.resolve("other.json"), "[1, 2]");

        int status = execute("conformance", "--json", directory.toString());

        assertThat(status).isZero();
        JsonNode result = JsonMapper.builder().build().readTree(output.toString(StandardCharsets.UTF_8));
        assertThat(result.propertyNames()).containsExactlyInAnyOrder("files", "failed");
        assertThat(result.get("failed").asInt()).isZero();
        assertThat(result.get("files").size()).isOne();
        JsonNode file = result.get("files").get(0);
        assertThat(file.propertyNames()).containsExactlyInAnyOrder("file", "cases", "failed", "skipped", "worstError");
        assertThat(file.get("file").asString()).endsWith("pass.json");
        assertThat(file.get("cases").asInt()).isEqualTo(2);
    }

    @Test
    void aFailingCaseIsCountedNamedAndTheExitStatus() throws IOException {
        Files.writeString(directory.resolve("fail.json"), GOOD.replace("\"avg\": 0.5", "\"avg\": 0.25"));

        int status = execute("conformance", "--json", "--failures", directory.toString());

        assertThat(status).isEqualTo(1);
        JsonNode result = JsonMapper.builder().build().readTree(output.toString(StandardCharsets.UTF_8));
        assertThat(result.get("failed").asInt()).isEqualTo(1);
        assertThat(result.get("files").get(0).get("failures").get(0).asString()).startsWith("one");
    }

    @Test
    void conformanceInWordsHasALinePerFile() throws IOException {
        Path file = Files.writeString(directory.resolve("pass.json"), GOOD);

        assertThat(execute("conformance", file.toString())).isZero();
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("ok", "2 cases", "pass.json", "1 files");
    }

    @Test
    void aModelWithReferenceNumbersIsOneEntryUnderItsDirectory() throws IOException {
        ModelConfig config =
                new ModelConfig("qwen3", 8, 1, 2, 1, 4, 8, 1e-6, 1e4, true, 4, 16, OptionalInt.empty(), List.of(3));
        Path model = directory.resolve("model");
        Pretraining.initialise(config, List.of("a", "b", "c", "d"), 1, model);
        float logProb;
        try (Policy policy = Policy.load(model)) {
            logProb = policy.logProbs(List.of(Sequence.of(new int[] {1}, new int[] {2})))
                    .get(0)[0];
        }
        String reference = "[{\"ids\": [1, 2], \"prompt_length\": 1, \"log_probs\": [%s]}]";
        Files.writeString(model.resolve("reference.json"), String.format(reference, logProb));

        assertThat(execute("conformance", "--json", directory.toString())).isZero();

        JsonNode file = JsonMapper.builder()
                .build()
                .readTree(output.toString(StandardCharsets.UTF_8))
                .path("files")
                .path(0);
        assertThat(file.path("file").asString()).isEqualTo(model.toString());
        assertThat(file.path("cases").asInt()).isOne();
        Files.writeString(model.resolve("reference.json"), String.format(reference, logProb + 1));
        assertThat(execute("conformance", directory.toString())).isEqualTo(1);
    }

    @Test
    void nothingToCheckIsAFailure() {
        assertThat(execute("conformance", directory.toString())).isEqualTo(1);
        assertThat(execute("conformance", directory.resolve("ghost").toString()))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("no such file");
    }

    private int execute(String... arguments) {
        PrintStream before = System.out;
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            return Tempo.commandLine().setErr(new PrintWriter(errors, true)).execute(arguments);
        } finally {
            System.setOut(before);
        }
    }
}
