package dev.tempo.eval;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.StageStart;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.contract.recipe.ArrivalSettings;
import dev.tempo.contract.recipe.Evaluation;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.contract.recipe.PromotionSettings;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.RecalibrationSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.ValuesFrom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs for tests: a supervised stage and then TEMPO, measured on sets of a few questions. */
public final class RunBuilder {
    private static final ModelReference MODEL = new ModelReference("file:/base", "0".repeat(64));

    private final String run;
    private final Path directory;
    private final Map<String, EvaluationSet> sets = new TreeMap<>();
    private int stageRounds = 4;
    private int every = 2;
    private int samples = 2;
    private @Nullable String criticQualityOn;
    private boolean alone;
    private @Nullable StageStart start;
    private @Nullable PromotionSettings promotion;

    private RunBuilder(String run, Path directory) {
        this.run = run;
        this.directory = directory;
    }

    public static RunBuilder aRun(String run, Path directory) {
        return new RunBuilder(run, directory);
    }

    /** Questions are numbered from 0; each is its own answer. */
    public RunBuilder measuredOn(String set, int questions) {
        return measuredOn(set, questions, null);
    }

    /** The same with so many samples of each question. */
    public RunBuilder measuredOn(String set, int questions, @Nullable Integer perQuestion) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < questions; i++) {
            lines.append("{\"id\": \"q%d\", \"question\": \"question %d\", \"answer\": \"%d\"}\n".formatted(i, i, i));
        }
        Path file = directory.resolve(run + "-" + set + ".jsonl");
        try {
            Files.writeString(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return measuredOn(set, file, perQuestion);
    }

    public RunBuilder measuredOn(String set, Path file) {
        return measuredOn(set, file, null);
    }

    private RunBuilder measuredOn(String set, Path file, @Nullable Integer perQuestion) {
        sets.put(set, new EvaluationSet(file.toString(), "id", "question", "answer", null, false, perQuestion));
        return this;
    }

    /**
     * Versions are tried every round, with two samples of each of so many questions, some at a time; the run's directory is within the
     * test's.
     */
    public RunBuilder promoting(int questions, int step) {
        measuredOn("promotion", questions);
        EvaluationSet set = Objects.requireNonNull(sets.remove("promotion"));
        promotion = new PromotionSettings(
                new EvaluationSet(set.file(), "id", "question", "answer", null, false, 2),
                1,
                step,
                2,
                .95,
                .1,
                .1,
                .1,
                .1);
        return this;
    }

    /** Training goes back, and so waits for trials, after so many that find a version worse. */
    RunBuilder goingBackAfter(int failures) {
        promotion = Objects.requireNonNull(promotion).goingBackAfter(failures);
        return this;
    }

    /** Of served chats so large a share is asked as shadow traffic. */
    public RunBuilder shadowing(double share) {
        PromotionSettings present = Objects.requireNonNull(promotion);
        promotion = new PromotionSettings(present.set(), 1, present.step(), 2, .95, .1, .1, .1, .1, share);
        return this;
    }

    public RunBuilder everyRounds(int rounds, int ofEach) {
        every = rounds;
        stageRounds = ofEach;
        return this;
    }

    public RunBuilder samples(int perQuestion) {
        samples = perQuestion;
        return this;
    }

    public RunBuilder withCriticQualityOn(String set) {
        criticQualityOn = set;
        return this;
    }

    /** A run that trains nothing, whose directory is the test's. */
    public RunBuilder alone() {
        alone = true;
        return this;
    }

    public RunBuilder startingAt(int version, String origin) {
        start = new StageStart(version, MODEL, MODEL, origin, "fingerprint");
        return this;
    }

    public Run active() {
        RecipeBuilder builder = RecipeBuilder.recipe(stages());
        if (promotion != null && promotion.shadow() != null) {
            builder.arriving(ArrivalSettings.USUAL);
        }
        Recipe recipe = builder.named("test")
                .evaluation(new Evaluation(every, samples, List.of(1, samples), sets, criticQualityOn))
                .generation(new Generation(1, 22, null))
                .judges(Map.of("default", List.of("exact-match")))
                .promotion(promotion)
                .build();
        return new Run(
                run,
                RunState.ACTIVE,
                recipe,
                MODEL,
                promotion != null ? directory.resolve(run).toString() : alone ? directory.toString() : "/runs/" + run,
                start);
    }

    private Stage[] stages() {
        return alone
                ? new Stage[0]
                : new Stage[] {
                    StageBuilder.supervised("stage1")
                            .rounds(stageRounds)
                            .questions(2, 2)
                            .build(),
                    StageBuilder.testTime("tempo")
                            .rounds(stageRounds)
                            .questions(2, 2)
                            .recalibrated(
                                    new RecalibrationSettings(1, QuestionSource.LABELED, 2, 2, ValuesFrom.RECALIBRATED))
                            .build()
                };
    }

    /** The given version of a run. */
    public static PolicyVersion version(Run run, int version, Map<String, Double> statistics) {
        Recipe recipe = run.recipe();
        int first = recipe.trains() ? recipe.firstRoundOf(recipe.stageOf(version)) : 0;
        return new PolicyVersion(
                run.run(),
                version,
                MODEL,
                recipe.stageNameOf(version),
                version - first,
                version == recipe.rounds(),
                statistics,
                Map.of("gradient", 4),
                10.0 * version,
                8.0 * version);
    }
}
