package dev.tempo.rollout;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Promotion;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.contract.recipe.Evaluation;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.contract.recipe.PromotionSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.UnlabeledFile;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.training.Pretrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Small runs, versions and models for this module's tests. */
public final class Samples {
    /** Two labeled rounds, then three unlabeled ones of 2 questions x 3 samples. */
    public static final int LABELED_ROUNDS = 2;

    public static final int UNLABELED_ROUNDS = 3;
    private static final ModelReference BASE = new ModelReference("file:///base", "0".repeat(64));
    private static final List<String> VOCABULARY = List.of(".x+*=-/|YN$0123456789a".split(""));

    private Samples() {}

    /** A run in the directory of its unlabeled questions. */
    public static Run run(String id, Path unlabeled) {
        return new Run(
                id,
                RunState.ACTIVE,
                recipe(unlabeled).build(),
                BASE,
                unlabeled.resolveSibling("").toString(),
                null);
    }

    public static Run run(String id, Recipe recipe) {
        return new Run(id, RunState.ACTIVE, recipe, BASE, "runs/" + id, null);
    }

    /** The same run, of a recipe that promotes versions. */
    public static Run promoting(String id, Path unlabeled) {
        PromotionSettings settings = new PromotionSettings(
                new EvaluationSet("promotion.jsonl", null, "question", "answer", null, false, 2),
                1,
                4,
                2,
                .95,
                .1,
                .1,
                .1,
                .1);
        return run(id, recipe(unlabeled).promotion(settings).build());
    }

    public static RecipeBuilder recipe(Path unlabeled) {
        return RecipeBuilder.recipe(
                        StageBuilder.supervised("first").rounds(LABELED_ROUNDS).build(),
                        StageBuilder.testTime("second").rounds(UNLABELED_ROUNDS).build())
                .unlabeled(new UnlabeledFile(unlabeled.toString(), "id", "question", null))
                .evaluation(new Evaluation(1, 1, List.of(), Map.of(), null))
                .generation(new Generation(1, 8, "calculator"));
    }

    /** The record by which a version becomes the promoted one. */
    public static Promotion promotion(Run run, int number, int version, ModelReference model) {
        return new Promotion(
                run.run(),
                number,
                version,
                PromotionOutcome.PROMOTED,
                null,
                model,
                0,
                0,
                List.of(),
                "wish" + number,
                "its operator wants it",
                1L);
    }

    public static PolicyVersion version(Run run, int version) {
        return version(run, version, BASE);
    }

    public static PolicyVersion version(Run run, int version, ModelReference model) {
        Stage stage = run.recipe().stageOf(version);
        int roundOfStage = version - run.recipe().firstRoundOf(stage);
        boolean last = version == run.recipe().rounds();
        return new PolicyVersion(run.run(), version, model, stage.name(), roundOfStage, last, Map.of(), Map.of(), 0, 0);
    }

    /** A file of {@code questions} questions {@code q0, q1, …}. */
    public static Path unlabeledFile(Path folder, int questions) {
        return write(
                folder.resolve("unlabeled.jsonl"),
                IntStream.range(0, questions)
                        .mapToObj(i -> "{\"id\": \"q" + i + "\", \"question\": \"x*2+" + i % 10 + "=5\"}")
                        .toList());
    }

    public static Path write(Path file, List<String> lines) {
        try {
            return Files.write(file, lines);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** A tiny model of random weights with the quickstart's vocabulary. */
    public static ModelReference model(Path folder) {
        ModelConfig config = new ModelConfig(
                "qwen3", 16, 1, 2, 1, 8, 32, 1e-6, 1e4, true, VOCABULARY.size(), 48, OptionalInt.of(0), List.of(10));
        Pretrainer.initialise(config, VOCABULARY, 3, folder);
        return new ModelReference(folder.toUri().toString(), new ModelDirectory(folder).sha256());
    }
}
