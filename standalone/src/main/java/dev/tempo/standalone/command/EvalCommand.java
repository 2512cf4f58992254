package dev.tempo.standalone.command;

import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.datasets.published.FieldNames;
import dev.tempo.eval.report.ReportWriter;
import dev.tempo.eval.report.RunJournal;
import dev.tempo.judging.AvailableJudges;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.check.MachineCheck;
import dev.tempo.standalone.evaluation.EvaluationResult;
import dev.tempo.standalone.evaluation.KeptVersions;
import dev.tempo.standalone.evaluation.ModelEvaluation;
import dev.tempo.standalone.evaluation.PreparedBenchmark;
import dev.tempo.standalone.evaluation.SamplingOptions;
import dev.tempo.standalone.evaluation.WantedBenchmark;
import dev.tempo.standalone.launch.JudgeSource;
import dev.tempo.standalone.launch.Launch;
import dev.tempo.standalone.launch.ThreadsOption;
import dev.tempo.standalone.launch.Workspace;
import dev.tempo.standalone.launch.WorkspaceLock;
import dev.tempo.standalone.progress.JsonView;
import dev.tempo.standalone.progress.RunView;
import dev.tempo.standalone.progress.Screen;
import dev.tempo.standalone.progress.WordsView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tempo eval}: a model alone on benchmarks. */
@Command(
        name = "eval",
        sortOptions = false,
        description = {
            "Measures a model on benchmarks: avg@k, unbiased pass@k and maj@k with intervals over questions, shares of truncated"
                    + " and of unanswered responses, lengths, and each question with its responses as a line of JSON.",
            "It starts a broker and the three services that this takes on this machine. The same command goes on with a"
                    + " measurement that was stopped or killed, with the same numbers in the end, and prints one that is finished.",
            "A benchmark is a file in any format of docs/data.md, or one of these names, whose files lie in --data: aime24, aime25,"
                    + " aime26, beyond-aime, olymmath-en-easy, olymmath-en-hard, olymmath-zh-easy, olymmath-zh-hard, math-500, dapo,"
                    + " bbh, agieval, zebralogic, gpqa-diamond, dolci. NAME=FILE gives the file of a name, or a file a name.",
            "./tempo compare lays measurements over each other, with paired intervals.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The model is measured.",
            "1:It cannot be measured; the last line says why.",
            "2:The command line is not understood.",
            "4:The model is measured, but some responses could not be generated; they are counted and left out.",
            "130:The measurement was stopped before its end; the same command goes on with it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tempo eval --model models/Qwen3-8B-Base --benchmark aime24,aime25 --data datasets",
            "  ./tempo eval --model models/Qwen3-8B-Base --benchmark bbh --data datasets --samples 1 --temperature 0",
            "  ./tempo eval --run quickstart-s0-1121-141831 --version v40 --benchmark mine.jsonl --out at-v40",
            "  ./tempo compare eval-Qwen3-8B-Base-0a1b2c3d4e eval-final-5f6a7b8c9d"
        })
public final class EvalCommand implements Callable<Integer> {
    private static final int SILENT_CHECKS = 30;

    @Option(names = "--model", paramLabel = "DIR", description = "The model, a Hugging Face directory.")
    private @Nullable Path model;

    @Option(
            names = "--run",
            paramLabel = "RUN",
            description = "In its place, the policy of a run, asked and judged as its recipe says.")
    private @Nullable String run;

    @Option(
            names = "--version",
            paramLabel = "vN",
            description = "Which version of the run's policy, by its number: v40 (default: the latest).")
    private @Nullable String version;

    @Option(
            names = "--benchmark",
            paramLabel = "NAME|FILE",
            split = ",",
            required = true,
            description = "What it is measured on; several with commas between them, or the option again.")
    private List<String> benchmarks = List.of();

    @Option(names = "--data", paramLabel = "DIR", description = "Where the files of benchmarks with names are.")
    private @Nullable Path data;

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "16",
            description = "Responses to each question, the k of avg@k and maj@k (default: ${DEFAULT-VALUE}).")
    private int samples;

    @Option(
            names = "--pass-at",
            paramLabel = "K",
            split = ",",
            description = "The k of pass@k, each at most --samples (default: 2, 4, 8 … and --samples).")
    private List<Integer> passAt = List.of();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Of sampling and of intervals (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--first",
            paramLabel = "N",
            defaultValue = "0",
            description = "Only the first questions of each benchmark, for a quick look (default: all).")
    private int first;

    @Option(
            names = "--judge",
            paramLabel = "NAME",
            split = ",",
            description =
                    "The chain of judges in place of the benchmarks' own; for files rules, with --run the recipe's (docs/judges.md).")
    private @Nullable List<String> judges;

    @Option(
            names = "--id",
            paramLabel = "FIELD",
            description = "Of files: the field with the id, where it is not found.")
    private @Nullable String id;

    @Option(names = "--question", paramLabel = "FIELD", description = "The field with the question, likewise.")
    private @Nullable String question;

    @Option(names = "--answer", paramLabel = "FIELD", description = "The field with the answer, likewise.")
    private @Nullable String answer;

    @Option(names = "--skip-unusable", description = "Of files: name rows that cannot be used and go on without them.")
    private boolean skipUnusable;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write evaluation.json, questions.jsonl, report.md and summary.json here too.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print one JSON object a line and nothing else; the last is the result.")
    private boolean json;

    @Option(
            names = "--single-jvm",
            description = "Run all services in this process: it takes less memory, and one crash ends all.")
    private boolean singleJvm;

    @Mixin
    private final ThreadsOption threads = new ThreadsOption();

    // The standard help options would take --version for the program's own.
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    @Mixin
    private final SamplingOptions sampling = new SamplingOptions();

    @Mixin
    private final DeviceOption deviceOption = new DeviceOption();

    @Mixin
    private final JudgeOptions judgeOptions = new JudgeOptions();

    @Mixin
    private final Place place = new Place();

    @Override
    public Integer call() {
        refuseUnusable();
        ModelEvaluation.Measured measured = model();
        Workspace workspace = place.workspace();
        Run finished;
        int status;
        try (RunView view = json ? new JsonView(System.out) : new WordsView(Screen.ofThisProcess(), false)) {
            view.underWay("reading benchmarks and model");
            Run wanted = wanted(measured, workspace, view);
            finished = wanted;
            status = ReportWriter.isFinished(Path.of(wanted.directory()))
                    ? tellAgain(wanted, view)
                    : measure(wanted, workspace, view);
        }
        return status == 130 ? status : conclude(finished, status);
    }

    private void refuseUnusable() {
        least("--samples", 1, samples);
        threads.named();
        least("--first", 0, first);
        for (int k : passAt) {
            least("--pass-at", 1, k);
            if (k > samples) {
                throw new UserException("--pass-at " + k + " needs as many samples, but --samples is " + samples);
            }
        }
        if ((model == null) == (run == null)) {
            throw new UserException("name a model by --model DIR, or a run by --run RUN");
        }
        if (version != null && run == null) {
            throw new UserException("--version names a version of a run; name that by --run RUN");
        }
    }

    private static void least(String option, int bound, int value) {
        if (value < bound) {
            throw new UserException(option + " must be at least " + bound + " but is " + value);
        }
    }

    private ModelEvaluation.Measured model() {
        if (run != null) {
            Run submitted = Launch.submission(place.workspace(), run);
            KeptVersions kept = KeptVersions.of(submitted, place.workspace().run(run));
            int number = kept.numbered(version);
            return new ModelEvaluation.Measured(run + "-v" + number, kept.directory(number), submitted.recipe());
        }
        Path directory = model == null ? Path.of("") : model.toAbsolutePath().normalize();
        if (!Files.isDirectory(directory)) {
            throw new UserException(
                    "--model: there is no directory " + model
                            + "; it takes a Hugging Face model (config.json, tokenizer.json, and model.safetensors or its shards)");
        }
        return new ModelEvaluation.Measured(String.valueOf(directory.getFileName()), directory, null);
    }

    /** The run as it is, or is to be, submitted; the same options come to the same run. */
    private Run wanted(ModelEvaluation.Measured measured, Workspace workspace, RunView view) {
        List<PreparedBenchmark> prepared = new ArrayList<>();
        PreparedBenchmark.Wishes wishes = new PreparedBenchmark.Wishes(
                new FieldNames(id, question, answer),
                skipUnusable,
                sampling.instructed(measured.usual()),
                first,
                judges,
                measured.trainedBy() == null
                        ? PreparedBenchmark.Usual.OF_A_MODEL
                        : PreparedBenchmark.Usual.of(measured.trainedBy()));
        for (String text : benchmarks) {
            PreparedBenchmark benchmark =
                    PreparedBenchmark.of(WantedBenchmark.of(text, data), wishes, workspace.benchmarks());
            if (prepared.stream().anyMatch(other -> other.set().equals(benchmark.set()))) {
                throw new UserException(
                        "--benchmark " + benchmark.set() + " is named twice; NAME=FILE gives one another name");
            }
            prepared.add(benchmark);
            view.note(benchmark.words());
        }
        return new ModelEvaluation(
                        measured,
                        prepared,
                        samples,
                        passAt,
                        sampling.generation(measured.directory(), measured.usual()),
                        seed)
                .run(workspace, threads.orOne(), deviceOption.device(), judgeOptions::find);
    }

    private int measure(Run wanted, Workspace workspace, RunView view) {
        try (WorkspaceLock lock = workspace.lock("./tempo eval", view::note)) {
            ComputeDevice device = deviceOption.device();
            Launch begun = Files.isRegularFile(RunDirectory.of(wanted).submission())
                    ? Launch.resume(workspace, wanted.run(), threads.orOne(), device)
                    : null;
            JudgeSource source;
            try (AvailableJudges available = begun == null ? judgeOptions.find() : judgeOptions.findFor(begun)) {
                source = judgeOptions.source(available);
                RecipeFitness.check(wanted.recipe(), available);
            }
            Launch launch = begun == null
                    ? Launch.start(wanted, source.settings(threads.orOne(), device), Path.of("evaluation"), List.of())
                    : begun;
            RecipeFitness.refuse(MachineCheck.of(place.ports(), workspace.root()));
            boolean finished = launch.execute(
                    Place.home(), workspace, lock, place.ports(), singleJvm, source, SILENT_CHECKS, view);
            return finished ? launch.ending().exitCode() : 130;
        }
    }

    /** What a measurement came to that is finished. */
    private static int tellAgain(Run finished, RunView view) {
        Recipe recipe = finished.recipe();
        RunJournal journal = new RunJournal(finished.run(), recipe);
        journal.add(EvaluationResult.report(finished));
        view.note("measured before, as run " + finished.run());
        view.finished(new ReportWriter(journal, Map.of(), null), RunDirectory.of(finished));
        return EvaluationResult.of(finished).anyFailed() ? 4 : 0;
    }

    private int conclude(Run finished, int status) {
        EvaluationResult result = EvaluationResult.of(finished.withState(RunState.FINISHED));
        List<Path> files = ModelEvaluation.leave(finished, result, out);
        if (json) {
            System.out.println(result.event(files));
        } else {
            System.out.println();
            result.lines().forEach(System.out::println);
            System.out.println();
            files.forEach(System.out::println);
        }
        return status;
    }
}
