package dev.tempo.standalone.command;

import dev.tempo.contract.UserException;
import dev.tempo.datasets.file.NamedData;
import dev.tempo.datasets.published.ConvertedQuestion;
import dev.tempo.datasets.published.FieldNames;
import dev.tempo.datasets.published.PublishedQuestions;
import dev.tempo.datasets.published.Tally;
import dev.tempo.verification.MathVerifier;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code tempo questions}: published data sets as recipes take them. */
@Command(
        name = "questions",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Turns published question files (Parquet, CSV, JSON, JSON lines, each but the first also as .gz, or a directory of"
                    + " them as a data set on the Hugging Face hub lays it out) into one file that a recipe takes, with columns id, question, answer and,"
                    + " where there is one, domain. It knows AIME, OlymMATH, GSM8K, DAPO and others of verl's form,"
                    + " BIG-Bench Hard, AGIEval (its own files and those of the harness), ZebraLogic (grids and multiple"
                    + " choice), GPQA, MMLU, ARC, CommonsenseQA, OpenBookQA, SciQ, MedQA, RACE, BoolQ and what is written"
                    + " like them by their fields. A question that comes twice is taken once, whatever instructions and"
                    + " spellings it comes in; one whose answers differ in value is left out.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The questions are written.",
            "1:A file or a row cannot be used, and nothing is written.",
            "2:The command line is not understood."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./tempo questions --out aime.jsonl aime_2024.json aime_2025.json",
            "  ./tempo questions --out dapo.jsonl dapo-math-17k/train",
            "  ./tempo questions --out unlabeled.jsonl --unlabeled --where level=hard olymmath.jsonl"
        })
public final class QuestionsCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "Published files, directories of them, or DIRECTORY/SPLIT.")
    private List<Path> files = List.of();

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to write the questions.")
    private @Nullable Path out;

    @Option(names = "--unlabeled", description = "Leave the answers out, for data.unlabeled (D_u).")
    private boolean unlabeled;

    @Option(names = "--domain", paramLabel = "NAME", description = "The domain of all of them, for chains of judges.")
    private @Nullable String domain;

    @Option(
            names = "--where",
            paramLabel = "FIELD=VALUE",
            description = "Only rows whose field has this value, of files that hold several sets.")
    private Map<String, String> where = Map.of();

    @Option(names = "--without", paramLabel = "FILE", description = "Leave out the questions of these files too.")
    private List<Path> without = List.of();

    @Option(names = "--id", paramLabel = "FIELD", description = "The field with the id, where it is not found.")
    private @Nullable String id;

    @Option(names = "--question", paramLabel = "FIELD", description = "The field with the question, likewise.")
    private @Nullable String question;

    @Option(names = "--answer", paramLabel = "FIELD", description = "The field with the answer, likewise.")
    private @Nullable String answer;

    @Option(
            names = "--keep-instructions",
            description =
                    "Leave 'Please reason step by step …' and the like in the questions; recipes have generation.prompt.")
    private boolean keepInstructions;

    @Option(names = "--skip-unusable", description = "Name rows that cannot be used and go on without them.")
    private boolean skipUnusable;

    @Override
    public Integer call() {
        Path target = out == null ? Path.of("") : out.toAbsolutePath().normalize();
        for (Path file : Stream.concat(files.stream(), without.stream()).toList()) {
            if (NamedData.of(file).files().stream()
                    .anyMatch(read -> read.toAbsolutePath().normalize().equals(target))) {
                throw new UserException(file + ": would be overwritten; write to another file with --out");
            }
        }
        MathVerifier values = new MathVerifier();
        PublishedQuestions questions = new PublishedQuestions(
                new PublishedQuestions.Selection(
                        !unlabeled,
                        domain,
                        keepInstructions,
                        skipUnusable,
                        where,
                        new FieldNames(id, question, answer)),
                (one, other) -> values.equal(one, other).correct());
        without.forEach(questions::without);
        Map<Path, Tally> tallies = new LinkedHashMap<>();
        for (Path file : files) {
            tallies.put(file, questions.add(file));
        }
        tallies.forEach((file, tally) -> {
            System.out.println(file + ": " + tally);
            tally.unusable().forEach(reason -> System.out.println("        " + reason));
        });
        if (questions.questions().isEmpty()) {
            throw new UserException("no question is left, so " + out + " was not written; see what was left out above");
        }
        write(questions.questions(), target);
        System.out.println(questions.questions().size() + (unlabeled ? " unlabeled" : "") + " questions in " + out);
        return 0;
    }

    private static void write(List<ConvertedQuestion> questions, Path target) {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            Files.createDirectories(target.resolveSibling(""));
            try (BufferedWriter lines = Files.newBufferedWriter(part)) {
                for (ConvertedQuestion converted : questions) {
                    lines.write(JSON.writeValueAsString(converted));
                    lines.write('\n');
                }
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(target + " cannot be written", unwritable);
        }
    }
}
