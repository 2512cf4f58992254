package dev.tempo.policy;

import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.fixtures.PolicyTrainingBuilder;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.PolicyTraining;
import dev.tempo.contract.recipe.PromotionSettings;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.RecalibrationSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RehearsalFile;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.Training;
import dev.tempo.contract.recipe.UnlabeledFile;
import dev.tempo.contract.recipe.ValuesFrom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Small recipes: a supervised stage that rehearses, and one rewarded by the critic. */
final class Recipes {
    private Recipes() {}

    /** Questions x samples = 3 x 2 rows a round, in mini-batches of 4. */
    static Stage supervised(int rounds) {
        return StageBuilder.supervised("stage1")
                .from(QuestionSource.LABELED_TRAIN)
                .rounds(rounds)
                .questions(3, 2)
                .policy(policy(0.2, false))
                .build();
    }

    static Stage tempo(int rounds) {
        return tempo(rounds, policy(0, false));
    }

    /** Recalibrates every second round with 2 x 3 labeled rows. */
    static Stage tempo(int rounds, PolicyTraining policy) {
        return StageBuilder.testTime("tempo")
                .rounds(rounds)
                .questions(3, 2)
                .recalibrated(new RecalibrationSettings(2, QuestionSource.LABELED, 2, 3, ValuesFrom.RECALIBRATED))
                .policy(policy)
                .build();
    }

    static PolicyTraining policy(double rehearsal, boolean labeledRows) {
        return policy(rehearsal, labeledRows, Aggregation.TOKEN_MEAN);
    }

    static PolicyTraining policy(double rehearsal, boolean labeledRows, Aggregation aggregation) {
        return PolicyTrainingBuilder.policyTraining()
                .learningRate(1e-2)
                .miniBatch(4, 2)
                .aggregation(aggregation)
                .rehearsal(rehearsal, 2)
                .labeledRows(labeledRows)
                .build();
    }

    /** A recipe whose unlabeled questions are q0, q1 and q2, all of which every round draws. */
    static Recipe recipe(Path rehearsal, Stage... stages) {
        Path unlabeled = written(rehearsal.resolveSibling("unlabeled.jsonl"), """
                {"id": "q0", "question": "x*8+7=8"}
                {"id": "q1", "question": "x*6+9=2"}
                {"id": "q2", "question": "x*4+5=0"}
                """);
        return RecipeBuilder.recipe(stages)
                .seed(3)
                .unlabeled(new UnlabeledFile(unlabeled.toString(), "id", "question", null))
                .rehearsal(new RehearsalFile(rehearsal.toString(), "question", "response", "calculator"))
                .build();
    }

    static Run run(String id, Path directory, Path base, Stage... stages) {
        Path rehearsal = base.resolveSibling("rehearsal.jsonl");
        return new Run(
                id,
                RunState.ACTIVE,
                recipe(writeTraces(rehearsal), stages),
                TinyModel.reference(base),
                directory.toString(),
                null);
    }

    /** The same run, each version of which is tried; the set of the trials is not read. */
    static Run goingBack(Run run, @Nullable Integer goBackAfter, @Nullable Training training) {
        return goingBack(run, goBackAfter, training, 1);
    }

    /** The same run, every n-th version of which is tried. */
    static Run goingBack(Run run, @Nullable Integer goBackAfter, @Nullable Training training, int every) {
        Recipe recipe = run.recipe();
        EvaluationSet set = new EvaluationSet("promotion.jsonl", null, "question", "answer", null, false, 2);
        PromotionSettings promotion = new PromotionSettings(set, every, 25, 2, .95, .1, .1, .1, .1, null, goBackAfter);
        return new Run(
                run.run(),
                run.state(),
                new Recipe(
                        recipe.name(),
                        recipe.seed(),
                        recipe.model(),
                        training,
                        recipe.data(),
                        recipe.evaluation(),
                        recipe.generation(),
                        recipe.judges(),
                        recipe.stages(),
                        promotion),
                run.base(),
                run.directory(),
                null);
    }

    private static Path writeTraces(Path file) {
        return written(file, """
                {"question": "x*8+7=8", "response": "824871*88+74*31+23=8N$", "calculator": [8, 11, 14, 17]}
                {"question": "x*6+9=2", "response": "693*67+95=2N", "calculator": [5, 8]}
                {"question": "x*4+5=0", "response": "456*42+57=0N$", "calculator": [5, 8]}
                """);
    }

    private static Path written(Path file, String lines) {
        try {
            return Files.writeString(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
