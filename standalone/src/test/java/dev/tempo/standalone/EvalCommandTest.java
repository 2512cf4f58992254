package dev.tempo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.standalone.evaluation.NamedBenchmark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./tempo eval} refuses before anything starts. */
class EvalCommandTest {
    private static final Path MODEL = Path.of("..", "recipes", "quickstart", "seed0", "base");

    @TempDir
    Path directory;

    private final StringWriter errors = new StringWriter();

    @Test
    void aModelHasToBeThereAndToBeOne() throws IOException {
        assertThat(refusal("--model=" + directory.resolve("none"), "--benchmark=aime24"))
                .contains("--model: there is no directory " + directory.resolve("none"), "config.json");
        Path file = Files.writeString(directory.resolve("set.jsonl"), "{\"question\": \"1 + 1?\", \"answer\": 2}\n");
        assertThat(refusal("--model=" + directory, "--benchmark=" + file)).contains("config.json");
        assertThat(refusal("--benchmark=aime24")).contains("name a model by --model DIR, or a run by --run RUN");
        assertThat(refusal("--model=" + MODEL, "--run=r", "--benchmark=aime24")).contains("name a model by --model");
        assertThat(refusal("--model=" + MODEL, "--version=v1", "--benchmark=aime24"))
                .contains("--version names a version of a run");
        assertThat(refusal("--run=none", "--benchmark=aime24")).contains("no run 'none'");
    }

    @Test
    void anUnknownNameIsToldWithAllThatThereAre() {
        assertThat(ofModel("--benchmark=aimee24"))
                .contains(
                        "there is neither a file nor a benchmark 'aimee24'; did you mean aime24",
                        "Benchmarks: aime24, aime25, aime26, beyond-aime, olymmath-en-easy",
                        "zebralogic, gpqa-diamond, dolci");
    }

    @Test
    void aMissingFileIsToldWithTheCommandThatFetchesIt() throws IOException {
        assertThat(ofModel("--benchmark=aime24"))
                .contains(
                        "aime24: say by --data DIR in which directory its file lies",
                        "git clone --depth 1 https://github.com/jianzhnie/LLMEval DIR/LLMEval",
                        "DAPO's file has each question 32 times");
        assertThat(ofModel("--benchmark=aime26", "--data=" + directory.resolve("none")))
                .contains("--data: there is no directory", "git clone", directory.resolve("none") + "/LLMEval");
        Path data = Files.createDirectories(directory.resolve("data"));
        assertThat(ofModel("--benchmark=gpqa-diamond", "--data=" + data))
                .contains(
                        "gpqa-diamond: no file of it is in " + data + " (looked for gpqa_diamond.csv, gpqa-diamond.*)",
                        "hf download --repo-type dataset Idavidrein/gpqa --local-dir " + data + "/gpqa",
                        "Its file was never seen where this program was written");
        assertThat(ofModel("--benchmark=aime24=" + data.resolve("x.jsonl")))
                .contains("aime24: there is no file " + data.resolve("x.jsonl"));
    }

    @Test
    void ofSeveralFilesThatMayBeItNoneIsGuessed() throws IOException {
        Path data = Files.createDirectories(directory.resolve("data"));
        Files.createDirectories(data.resolve("a"));
        Files.createDirectories(data.resolve("b"));
        Files.writeString(data.resolve("a/aime24.jsonl"), "");
        Files.writeString(data.resolve("b/aime24.jsonl"), "");

        assertThat(ofModel("--benchmark=aime24", "--data=" + data))
                .contains(
                        "aime24: several files in " + data + " may be it",
                        "--benchmark aime24=" + data.resolve("a/aime24.jsonl"),
                        "or =" + data.resolve("b/aime24.jsonl"));
    }

    @Test
    void aSetOfAnotherSizeIsNotTheOneOfThatName() throws IOException {
        Path file = Files.writeString(directory.resolve("aime24.jsonl"), "{\"question\": \"1 + 1?\", \"answer\": 2}\n");

        assertThat(ofModel("--benchmark=aime24", "--data=" + directory))
                .contains(
                        "aime24 has 30 questions, but " + file + " gives 1 (1 rows, 1 questions)",
                        "--benchmark my-aime24=" + file);
    }

    @Test
    void aWrongColumnIsNamedWithThoseThatAreThere() throws IOException {
        Path file = Files.writeString(directory.resolve("set.jsonl"), "{\"question\": \"1 + 1?\", \"answer\": 2}\n");

        assertThat(ofModel("--benchmark=" + file, "--answer=solution"))
                .contains(
                        file.toString(),
                        "row 1: field 'solution' is missing or empty",
                        "[question, answer]",
                        "--answer");
        assertThat(ofModel("--benchmark=" + file, "--question=text"))
                .contains("row 1: field 'text' is missing or empty", "--question");
        assertThat(ofModel("--benchmark=" + file, "--id=number")).contains("row 1: field 'number' is missing or empty");
        assertThat(ofModel("--benchmark=aime24=" + file, "--question=text"))
                .contains("field 'text' is missing or empty");
    }

    @Test
    void numbersThatMeanNothingAreRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("set.jsonl"), "{\"question\": \"1 + 1?\", \"answer\": 2}\n");
        String benchmark = "--benchmark=" + file;

        assertThat(ofModel(benchmark, "--samples=0")).contains("--samples must be at least 1 but is 0");
        assertThat(ofModel(benchmark, "--samples=4", "--pass-at=8"))
                .contains("--pass-at 8 needs as many samples, but --samples is 4");
        assertThat(ofModel(benchmark, "--max-tokens=64"))
                .contains("--max-tokens is 64, but the model has 64 positions for question and response together");
        assertThat(ofModel(benchmark, "--temperature=-1")).contains("temperature must be at least 0", "but is -1.0");
        assertThat(ofModel(benchmark, "--prompt=answer"))
                .contains("--prompt must have {question} in it but is 'answer'");
        assertThat(ofModel(benchmark, benchmark)).contains("--benchmark set is named twice");
        assertThat(ofModel(benchmark, "--judge=nobody")).contains("no judge is called 'nobody'");
        assertThat(ofModel(benchmark, "--chat")).contains("has no chat template");
    }

    @Test
    void puzzlesWithoutSolutionsCannotBeScored() throws IOException {
        Path file = Files.writeString(
                directory.resolve("zebra.jsonl"),
                "{\"puzzle\": \"Two houses.\", \"solution\": {\"header\": [\"House\", \"Name\"], \"rows\": [[\"___\", \"___\"]]}}\n");

        assertThat(ofModel("--benchmark=zebralogic=" + file))
                .contains("zebralogic: no question is left", "is masked (___), as in the public copy of ZebraLogic");
    }

    @Test
    void theHelpNamesEveryBenchmark() {
        StringWriter help = new StringWriter();

        Tempo.commandLine().setOut(new PrintWriter(help)).execute("eval", "--help");

        assertThat(help.toString().replaceAll("\\s+", " ")).contains(NamedBenchmark.names());
    }

    private String ofModel(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--model=" + MODEL));
        all.addAll(List.of(arguments));
        return refusal(all.toArray(String[]::new));
    }

    private String refusal(String... arguments) {
        List<String> all = new ArrayList<>(List.of("eval"));
        all.addAll(List.of(arguments));
        all.add("--workspace=" + directory.resolve("workspace"));
        errors.getBuffer().setLength(0);
        PrintStream before = System.out;
        System.setOut(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        try {
            int status =
                    Tempo.commandLine().setErr(new PrintWriter(errors, true)).execute(all.toArray(String[]::new));
            assertThat(status).as(errors.toString()).isEqualTo(1);
        } finally {
            System.setOut(before);
        }
        assertThat(errors.toString()).startsWith("tempo: ").doesNotContain("an error that should not be");
        return errors.toString();
    }
}
