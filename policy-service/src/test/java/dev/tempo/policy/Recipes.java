package dev.tempo.policy;

import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.recipe.AdvantageSettings;
import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.Baseline;
import dev.tempo.contract.recipe.CriticLabel;
import dev.tempo.contract.recipe.CriticTraining;
import dev.tempo.contract.recipe.Data;
import dev.tempo.contract.recipe.Evaluation;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.contract.recipe.PolicyLossKind;
import dev.tempo.contract.recipe.PolicyTraining;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.Recalibration;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RehearsalFile;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.UnlabeledFile;
import dev.tempo.contract.recipe.ValueLossKind;
import dev.tempo.contract.recipe.ValuesFrom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Small recipes: a supervised stage that rehearses, and one rewarded by the critic. */
final class Recipes {
    private Recipes() {}

    /** Questions x samples = 3 x 2 rows a round, in mini-batches of 4. */
    static Stage supervised(int rounds) {
        return new Stage(
                "stage1",
                rounds,
                QuestionSource.LABELED_TRAIN,
                3,
                2,
                RewardSource.VERDICT,
                0,
                null,
                new AdvantageSettings(Baseline.BEFORE, true),
                policy(0.2, false),
                critic());
    }

    static Stage tempo(int rounds) {
        return tempo(rounds, policy(0, false));
    }

    /** Recalibrates every second round with 2 x 3 labeled rows. */
    static Stage tempo(int rounds, PolicyTraining policy) {
        return new Stage(
                "tempo",
                rounds,
                QuestionSource.UNLABELED,
                3,
                2,
                RewardSource.CRITIC,
                0,
                new Recalibration(2, QuestionSource.LABELED, 2, 3, ValuesFrom.RECALIBRATED),
                new AdvantageSettings(Baseline.BEFORE, true),
                policy,
                critic());
    }

    static PolicyTraining policy(double rehearsal, boolean labeledRows) {
        return policy(rehearsal, labeledRows, Aggregation.TOKEN_MEAN);
    }

    static PolicyTraining policy(double rehearsal, boolean labeledRows, Aggregation aggregation) {
        return new PolicyTraining(
                new Optimizer(1e-2, .9, .95, 0, 1),
                4,
                2,
                PolicyLossKind.SEQUENCE_CLIP,
                aggregation,
                .03,
                .05,
                rehearsal,
                2,
                labeledRows,
                false);
    }

    static Recipe recipe(Path rehearsal, Stage... stages) {
        return new Recipe(
                "small",
                3,
                "base",
                null,
                new Data(
                        new LabeledFile("labeled.jsonl", null, "question", "answer", null, null),
                        new UnlabeledFile("unlabeled.jsonl", null, "question", null),
                        new RehearsalFile(rehearsal.toString(), "question", "response", "calculator")),
                new Evaluation(10, 1, List.of(), Map.of(), null),
                new Generation(1, 8, null),
                Map.of(),
                List.of(stages));
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

    private static Path writeTraces(Path file) {
        try {
            return Files.writeString(file, """
                    {"question": "x*8+7=8", "response": "824871*88+74*31+23=8N$", "calculator": [8, 11, 14, 17]}
                    {"question": "x*6+9=2", "response": "693*67+95=2N", "calculator": [5, 8]}
                    {"question": "x*4+5=0", "response": "456*42+57=0N$", "calculator": [5, 8]}
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CriticTraining critic() {
        return new CriticTraining(
                new Optimizer(5e-4, .9, .95, 0, 1), 32, 2, ValueLossKind.SQUARED_ERROR, .1, CriticLabel.ZERO_ONE);
    }
}
