package dev.tempo.standalone.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.Run;
import dev.tempo.contract.Score;
import dev.tempo.contract.SetReport;
import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.eval.report.MeasuredQuestion;
import dev.tempo.eval.report.ResponseStatistics;
import dev.tempo.messaging.Wire;
import dev.tempo.model.files.DurableFile;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The measurement of a model alone, as evaluation.json: every score with its 95 % bootstrap interval over questions.
 *
 * @param model the directory that was measured
 * @param sha256 of its weights
 * @param samples responses to each question
 */
public record EvaluationResult(
        String run,
        String model,
        String sha256,
        long seed,
        int samples,
        Generation generation,
        Map<String, SetResult> sets) {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final JsonMapper LINE = JsonMapper.builder().build();

    /** A share of truncated responses above which a word is said of it. */
    private static final double FEW = .01;

    /**
     * A benchmark.
     *
     * @param file the questions as they were asked
     * @param sha256 of the file
     * @param questions with a decided response
     * @param scores by name: avg16, pass8, pass16, maj16 …
     * @param undecided responses that no judge could decide; left out of the scores
     * @param failed responses that could not be generated; left out likewise
     * @param failure why the first of them could not
     */
    public record SetResult(
            String file,
            String sha256,
            int questions,
            Map<String, Score> scores,
            int undecided,
            int failed,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String failure,

            ResponseStatistics responses) {}

    /** The result of a finished run that only measured. */
    public static EvaluationResult of(Run run) {
        RunDirectory directory = RunDirectory.of(run);
        List<MeasuredQuestion> questions = MeasuredQuestion.read(directory.questions());
        Map<String, SetResult> sets = new LinkedHashMap<>();
        long seed = CounterRandom.key(run.recipe().seed(), "evaluation", 0);
        for (SetReport set : report(run).sets()) {
            String file = Objects.requireNonNull(
                            run.recipe().evaluation().sets().get(set.set()))
                    .file();
            sets.put(
                    set.set(),
                    new SetResult(
                            file,
                            Files.exists(Path.of(file)) ? Fingerprint.sha256(Path.of(file)) : "",
                            set.questions(),
                            scores(set),
                            set.undecided(),
                            set.failed(),
                            set.failure(),
                            ResponseStatistics.of(set.set(), questions, seed)));
        }
        return new EvaluationResult(
                run.run(),
                run.recipe().model(),
                run.base().sha256(),
                run.recipe().seed(),
                run.recipe().evaluation().samples(),
                run.recipe().generation(),
                sets);
    }

    /** The report of a finished run that only measured. */
    public static EvaluationReport report(Run run) {
        byte[] kept = RunDirectory.of(run).measurements().all().get(0);
        if (kept == null) {
            throw new UserException("run " + run.run() + " keeps no measurement in " + run.directory()
                    + "; remove it by ./tempo rm " + run.run() + " and measure again");
        }
        return Wire.read(EvaluationReport.class, kept);
    }

    private static Map<String, Score> scores(SetReport set) {
        Map<String, Score> scores = new LinkedHashMap<>();
        if (set.scored()) {
            scores.put("avg" + set.samples(), set.avg());
            new TreeMap<>(set.passAt()).forEach((k, score) -> scores.put("pass" + k, score));
            scores.put("maj" + set.samples(), set.majority());
        }
        return scores;
    }

    /** Writes evaluation.json. */
    public void write(Path file) {
        DurableFile.write(file, (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The result as the last line that {@code --json} prints. */
    public String event(List<Path> files) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "evaluation");
        event.put("result", this);
        event.put("files", files.stream().map(Path::toString).toList());
        return LINE.writeValueAsString(event);
    }

    /** Whether a response could not be generated. */
    public boolean anyFailed() {
        return sets.values().stream().anyMatch(set -> set.failed > 0);
    }

    /** What the scores do not say: the responses of each set. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        sets.forEach((name, set) -> {
            ResponseStatistics responses = set.responses;
            lines.add(name + ": " + responses.responses() + " responses to " + set.questions + " questions");
            lines.add("  truncated   " + fraction(responses.truncated()) + "  ended at the limit of "
                    + generation.maxNewTokens() + " tokens");
            lines.add("  unanswered  " + fraction(responses.unanswered()) + "  no answer found in them");
            lines.add("  tokens      " + number(responses.tokens()) + "  half at most " + responses.median()
                    + ", nine of ten " + responses.ninetieth() + ", the longest " + responses.longest());
            if (set.undecided + set.failed > 0) {
                lines.add("  left out    " + set.undecided + " undecided, " + set.failed + " not generated"
                        + (set.failure == null ? "" : ": " + set.failure));
            }
            Score truncated = responses.truncated();
            if (truncated != null && truncated.value() > FEW) {
                lines.add(
                        "  a truncated response is right only if its answer stood in a box before; --max-tokens sets the"
                                + " limit");
            }
        });
        return lines;
    }

    private static String fraction(@Nullable Score score) {
        return words(score, "%.3f", "%.2f");
    }

    private static String number(@Nullable Score score) {
        return words(score, "%.1f", "%.1f");
    }

    private static String words(@Nullable Score score, String value, String bound) {
        return score == null
                ? "-"
                : String.format(
                        Locale.ROOT,
                        value + " [" + bound + ", " + bound + "]",
                        score.value(),
                        score.interval().low(),
                        score.interval().high());
    }
}
