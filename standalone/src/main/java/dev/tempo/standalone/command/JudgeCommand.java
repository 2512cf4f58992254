package dev.tempo.standalone.command;

import dev.tempo.judging.AvailableJudges;
import dev.tempo.judging.Judges;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import dev.tempo.standalone.judging.JudgeAgreement;
import dev.tempo.standalone.judging.NamedChain;
import dev.tempo.standalone.judging.ResponseFile;
import dev.tempo.standalone.judging.ResponseRow;
import dev.tempo.standalone.launch.LaunchException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tempo judge}: verdicts without a run. */
@Command(
        name = "judge",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Judges one response, or those of a file or of standard input, and says why; or compares two judges.",
            "A file has one JSON object a line: reference (or gold), response (or pred), and if there are any question, id"
                    + " and ended (false for a response that was cut off).",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Every response was judged correct or wrong.",
            "1:A line, a judge or the configuration cannot be used.",
            "2:The command line is not understood.",
            "3:At least one response is undecided (not with --agreement)."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tempo judge --judge math --reference 1/2 --response 'It is \\boxed{0.5}.'",
            "  ./tempo judge --judge math --json responses.jsonl",
            "  ./tempo judge --list"
        })
public final class JudgeCommand implements Callable<Integer> {
    private static final int UNDECIDED = 3;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "A file of JSON lines; - reads standard input.")
    private @Nullable String file;

    @Option(names = "--question", paramLabel = "TEXT", description = "What the model was asked.", defaultValue = "")
    private String question = "";

    @Option(names = "--reference", paramLabel = "TEXT", description = "The right answer.")
    private @Nullable String reference;

    @Option(names = "--response", paramLabel = "TEXT", description = "What the model wrote.")
    private @Nullable String response;

    @Option(names = "--cut-off", description = "The model did not end the response itself.")
    private boolean cutOff;

    @Option(
            names = "--judge",
            paramLabel = "NAME[,NAME...]",
            defaultValue = "rules",
            description = "A judge or a chain of judges (default: ${DEFAULT-VALUE}).")
    private String judge = "rules";

    @Option(
            names = "--agreement",
            arity = "2",
            paramLabel = "NAME",
            description = "Compare two judges or chains on a file: confusion table, agreement, Cohen's kappa.")
    private List<String> compared = List.of();

    @Option(names = "--list", description = "Name the judges there are.")
    private boolean list;

    @Option(names = "--json", description = "Print one JSON object a line and nothing else.")
    private boolean json;

    @Mixin
    private final JudgeOptions judgeOptions = new JudgeOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private boolean badLines;

    @Override
    public Integer call() throws IOException {
        boolean single = reference != null && response != null && file == null && compared.isEmpty();
        boolean many = reference == null && response == null && file != null;
        if (!list && !single && !many) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "Give --reference and --response, or a FILE (- for standard input), or --list");
        }
        VerdictPrinter printer = new VerdictPrinter(System.out, json);
        try (AvailableJudges available = judgeOptions.find()) {
            available.problems().forEach(this::complain);
            Judges judges = available.judges();
            if (list) {
                printer.list(judges);
                return 0;
            }
            return compared.isEmpty() ? judge(judges, printer) : compare(judges, printer);
        }
    }

    private int judge(Judges judges, VerdictPrinter printer) throws IOException {
        NamedChain chain = new NamedChain(judge, judges);
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        Consumer<ResponseRow> judging = row -> {
            Verdict verdict = chain.judge(row);
            counts.merge(verdict.outcome(), 1, Integer::sum);
            printer.print(row, verdict);
        };
        if (file == null) {
            judging.accept(new ResponseRow("", "", question, text(reference), text(response), !cutOff));
        } else {
            read(file, judging);
            printer.count(counts);
        }
        if (badLines) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        return counts.containsKey(Outcome.UNDECIDED) ? UNDECIDED : CommandLine.ExitCode.OK;
    }

    private int compare(Judges judges, VerdictPrinter printer) throws IOException {
        NamedChain first = new NamedChain(compared.get(0), judges);
        NamedChain second = new NamedChain(compared.get(1), judges);
        JudgeAgreement agreement = new JudgeAgreement();
        read(
                text(file),
                row -> agreement.add(
                        first.judge(row).outcome(), second.judge(row).outcome()));
        printer.print(first.names(), second.names(), agreement);
        return badLines ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    private void read(String source, Consumer<ResponseRow> rows) throws IOException {
        Consumer<String> problems = problem -> {
            badLines = true;
            complain(problem);
        };
        if (source.equals("-")) {
            new ResponseFile("standard input", System.in).read(rows, problems);
            return;
        }
        if (!Files.isRegularFile(Path.of(source))) {
            throw new LaunchException(source + ": no such file");
        }
        try (InputStream content = Files.newInputStream(Path.of(source))) {
            new ResponseFile(source, content).read(rows, problems);
        }
    }

    private void complain(String problem) {
        CommandLine line = spec.commandLine();
        line.getErr().println(line.getColorScheme().errorText("tempo: " + problem));
    }

    private static String text(@Nullable String option) {
        return option == null ? "" : option;
    }
}
