package dev.tempo.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.Sequence;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.training.Pretrainer;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
                "eval",
                "compare",
                "doctor",
                "plan",
                "pretrain",
                "ls",
                "status",
                "logs",
                "submit",
                "pause",
                "resume",
                "cancel",
                "report",
                "rm",
                "recompute",
                "export",
                "conformance",
                "judge",
                "questions",
                "dlt",
                "replay",
                "chaos",
                "completion",
                "help"
            })
    void everyCommandExplainsItself(String command) {
        StringWriter help = new StringWriter();

        int status = Tempo.commandLine().setOut(new PrintWriter(help)).execute(command, "--help");

        assertThat(status).isZero();
        assertThat(help.toString())
                .contains("Usage: tempo " + command, "--help", "Exit codes:", "Example", "./tempo " + command)
                .doesNotContain("${");
        StringWriter asked = new StringWriter();
        assertThat(Tempo.commandLine().setOut(new PrintWriter(asked)).execute("help", command))
                .isZero();
        assertThat(asked).as("tempo help " + command).hasToString(help.toString());
    }

    @Test
    void everyOptionAndCommandIsExplainedInSentences() {
        CommandLine tempo = Tempo.commandLine();
        tempo.getSubcommands().forEach((name, command) -> {
            assertThat(command.getCommandSpec().usageMessage().description()[0])
                    .as(name)
                    .matches("[A-Z].*[.]");
            command.getCommandSpec()
                    .args()
                    .forEach(argument -> assertThat(String.join(" ", argument.description()))
                            .as(name + " " + argument.paramLabel())
                            .matches("[A-Z].*[.]|.*[.]"));
        });
    }

    @Test
    void theVersionIsMavensWithCommitAndJavaWhateverTheCommand() {
        for (String[] arguments : new String[][] {{"--version"}, {"run", "--version"}}) {
            StringWriter version = new StringWriter();
            assertThat(Tempo.commandLine().setOut(new PrintWriter(version)).execute(arguments))
                    .isZero();
            assertThat(version.toString().strip())
                    .matches("tempo \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?( \\(commit [0-9a-f]+(-dirty)?\\))?, Java .*")
                    .contains(Runtime.version().toString());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            hlep               | did you mean help?
            docter             | did you mean doctor?
            train              | there is no command 'train'
            help nothing       | there is no command 'nothing'
            run --recipee=x    | there is no option --recipee; did you mean --recipe?
            run --colour       | there is no option --colour
            run a b            | 'b' is one argument too many
            run --seed abc     | --seed must be a whole number but is 'abc'
            completion fish    | SHELL must be one of bash, zsh but is 'fish'
            """)
    void whatIsNotUnderstoodIsSaidInALineWithANearNameOnly(String arguments, String message) {
        assertThat(execute(arguments.split(" "))).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString().lines()).hasSize(2);
        assertThat(errors.toString()).startsWith("tempo: ").contains(message, "--help says what can be written");
        if (!message.contains("did you mean")) {
            assertThat(errors.toString()).doesNotContain("did you mean");
        }
    }

    @Test
    void withoutAnyArgumentsTheCommandsAreListed() {
        assertThat(execute()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains("Usage: tempo", "Start with:  ./tempo run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void theCompletionScriptCompletesCommandsAndOptions(String shell) throws IOException, InterruptedException {
        StringWriter script = new StringWriter();
        assertThat(Tempo.commandLine().setOut(new PrintWriter(script)).execute("completion", shell))
                .isZero();
        Path file = Files.writeString(directory.resolve("completion"), script.toString());
        Path bash = Path.of("/bin/bash");
        assumeTrue(shell.equals("bash") && Files.isExecutable(bash), "only bash is asked, where there is one");

        Process asked = new ProcessBuilder(
                        bash.toString(),
                        "--norc",
                        "-c",
                        "source " + file + "; COMP_WORDS=(tempo run --res); COMP_CWORD=2;"
                                + " COMP_LINE='tempo run --res'; COMP_POINT=15; _complete_tempo; echo ${COMPREPLY[@]}")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(asked.waitFor()).as(answer).isZero();
        assertThat(answer.strip()).isEqualTo("--resume");
    }

    @Test
    void anErrorThatShouldNotBeIsALineAndItsTraceIsInAFileUnlessAskedFor() {
        CommandLine failing = Tempo.commandLine().addSubcommand("fail", new Failing());
        System.setProperty("tempo.log", directory.resolve("launcher.log").toString());
        try {
            assertThat(Tempo.execute(failing.setErr(new PrintWriter(errors, true)), "fail"))
                    .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        } finally {
            System.clearProperty("tempo.log");
        }

        assertThat(errors.toString().lines())
                .singleElement()
                .asString()
                .startsWith("tempo: an error that should not be: IllegalStateException: first line;")
                .contains(directory.resolve("launcher.log").toString(), "--debug");
        assertThat(directory.resolve("launcher.log")).content().contains("IllegalStateException: first line", "\tat ");
    }

    @Test
    void debugShowsTheTraceOfAnyError() {
        assertThat(execute("run", "--debug", "--resume=ghost", "--workspace=" + directory))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).startsWith("tempo: no run 'ghost'").contains("UserException", "\tat ");
    }

    @Test
    void tooLittleMemoryIsSaidWithTheVariableThatGivesMore() {
        CommandLine failing = Tempo.commandLine().addSubcommand("fail", new Exhausting());

        assertThat(Tempo.execute(failing.setErr(new PrintWriter(errors, true)), "fail"))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString()).contains("TEMPO_JAVA_OPTIONS=-Xmx").doesNotContain("\tat ");
    }

    @Test
    void twoRecipesNoThreadsAndNoChecksAreRefused() {
        assertThat(execute("run", "a.yaml", "--recipe=b.yaml")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(execute("run", "--threads=0")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(execute("run", "--silent-checks=0")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString())
                .contains(
                        "two recipes are named, a.yaml and",
                        "--threads must be at least 1",
                        "--silent-checks must be at least 1");
    }

    @Test
    void anAddressOfMlflowThatIsNoneOrHoldsAPasswordIsRefused() {
        assertThat(execute("run", "--mlflow=ftp://host")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(execute("run", "--mlflow=https://ann:hunter2@host")).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString())
                .contains("--mlflow: 'ftp://host' is no address of an MLflow server", "MLFLOW_TRACKING_PASSWORD")
                .doesNotContain("hunter2");
    }

    @Test
    void doctorRefusesNamesThatNoRunCanHave() throws IOException {
        Path recipe = Files.writeString(
                directory.resolve("mine.yaml"),
                "extends: " + Path.of("..", "recipes", "quickstart.yaml").toAbsolutePath() + "\nname: my run/x\n");

        assertThat(execute("doctor", recipe.toString(), "--port-base=23200")).isEqualTo(1);
        assertThat(output.toString(StandardCharsets.UTF_8))
                .contains("PROBLEM  recipe", "name may hold", "'my run/x'", "ok       java");
    }

    @Command
    private static final class Failing implements Runnable {
        @Override
        public void run() {
            throw new IllegalStateException("first line\nsecond line");
        }
    }

    @Command
    private static final class Exhausting implements Runnable {
        @Override
        public void run() {
            throw new OutOfMemoryError("Java heap space");
        }
    }

    @Command
    private static final class Unmapped implements Runnable {
        @Override
        public void run() {
            throw new InternalError(
                    "a fault occurred in a recent unsafe memory access operation in compiled Java code");
        }
    }

    @Test
    void aMappedFileForWhichThereIsNoSpaceIsSaidToBeThat() {
        CommandLine failing = Tempo.commandLine().addSubcommand("fail", new Unmapped());

        assertThat(Tempo.execute(failing.setErr(new PrintWriter(errors, true)), "fail"))
                .isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString())
                .contains("No space left on device; free some space where .tempo of the workspace lies")
                .doesNotContain("should not be", "\tat ");
    }

    @Test
    void scriptsAreExportedForAModelWithoutARun() {
        Path model = aModel(directory.resolve("model"));
        Path scripts = directory.resolve("scripts");
        String[] export = {"export", "--torchscript", scripts.toString(), "--model", model.toString()};

        assertThat(Tempo.commandLine().execute(export)).isZero();
        assertThat(scripts).isDirectoryContaining(file -> file.endsWith("model.pt"));

        assertThat(Tempo.commandLine().setErr(new PrintWriter(errors)).execute(export))
                .isNotZero();
        assertThat(errors.toString()).contains(scripts + " is there already");
    }

    @Test
    void aModelsDirectoryBecomesAGgufFileThatIsNotWrittenOver() throws IOException {
        Path model = aModel(directory.resolve("model"));
        Path file = directory.resolve("model.gguf");
        String[] export = {"export", model.toString(), "--gguf", file.toString(), "--dtype", "f16"};

        assertThat(Tempo.commandLine().execute(export)).isZero();
        assertThat(Files.readAllBytes(file)).startsWith('G', 'G', 'U', 'F', 3);

        assertThat(execute(export)).isNotZero();
        assertThat(errors.toString()).contains(file + " is there already");
    }

    @Test
    void whatLlamaCppCannotComputeIsRefusedInALine() throws IOException {
        Path model = aModel(directory.resolve("model"));
        Path tokenizer = model.resolve("tokenizer.json");
        Files.writeString(tokenizer, Files.readString(tokenizer).replace("Isolated", "MergedWithNext"));
        Path file = directory.resolve("model.gguf");

        assertThat(execute("export", model.toString(), "--gguf=" + file)).isNotZero();

        assertThat(errors.toString())
                .contains("tempo: ", "model.type", "llama.cpp")
                .doesNotContain("\tat ");
        assertThat(file).doesNotExist();
    }

    private static Path aModel(Path directory) {
        ModelConfig config =
                new ModelConfig("qwen3", 16, 1, 2, 1, 8, 24, 1e-6, 1e4, true, 8, 48, OptionalInt.of(0), List.of(1));
        Pretrainer.initialise(config, List.of("a", "b", "c", "d", "e", "f", "g", "h"), 1, directory);
        return directory;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "--torchscript=x",
                "--model=x",
                "--out=x",
                "run-1",
                "--gguf=x",
                "run-1 --gguf=x --out=y",
                "run-1 --gguf=x --merged",
                "--gguf=x --torchscript=x --model=x"
            })
    void whatAnExportLacksIsSaid(String arguments) {
        String[] export = ("export " + arguments).strip().split(" ");

        assertThat(Tempo.commandLine().setErr(new PrintWriter(errors)).execute(export))
                .isNotZero();
        assertThat(errors.toString())
                .containsAnyOf("name a run and, by --out,", "--torchscript DIR --model DIR", "RUN --gguf FILE");
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
    void aWorldThatDoesNotShipIsSaidInALineWithThoseThatDo() {
        int status = execute("pretrain", "--world=letters", "--seed=1", "--out=" + directory);

        assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains("--world must be one of quickstart, words, tellings but is 'letters'");
    }

    @Test
    void aFamilyThatAWorldHasNoBaseOfIsSaidInALine() {
        int status = execute("pretrain", "--family=olmo3", "--seed=1", "--out=" + directory);

        assertThat(status).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString())
                .contains("there is no base model of family olmo3 in the world quickstart; say --world words");
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

        int status = execute("run", "--recipe=" + recipe, "--workspace=" + directory, "--port-base=23200");

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
        int status = execute("run", "--resume=ghost", "--workspace=" + directory, "--port-base=23200");

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
        Pretrainer.initialise(config, List.of("a", "b", "c", "d"), 1, model);
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
