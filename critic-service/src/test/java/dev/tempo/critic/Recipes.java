package dev.tempo.critic;

import dev.tempo.contract.recipe.AdvantageSettings;
import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.Baseline;
import dev.tempo.contract.recipe.CriticLabel;
import dev.tempo.contract.recipe.CriticTraining;
import dev.tempo.contract.recipe.Data;
import dev.tempo.contract.recipe.Evaluation;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.contract.recipe.PolicyLossKind;
import dev.tempo.contract.recipe.PolicyTraining;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.Recalibration;
import dev.tempo.contract.recipe.Recipe;
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
import org.jspecify.annotations.Nullable;

/** Small recipes over six labeled questions, four of split train. */
final class Recipes {
    static final CriticTraining CRITIC = new CriticTraining(
            new Optimizer(1e-2, .9, .95, 0, 1), 4, 2, ValueLossKind.SQUARED_ERROR, .1, CriticLabel.ZERO_ONE);

    private Recipes() {}

    static Recipe of(Path directory, Stage... stages) {
        try {
            Files.writeString(directory.resolve("labeled.jsonl"), """
                    {"id": "q1", "question": "x*2+1=3", "answer": "1", "split": "train"}
                    {"id": "q2", "question": "x*3+1=4", "answer": "1", "split": "train"}
                    {"id": "q3", "question": "x*4+1=5", "answer": "1", "split": "train"}
                    {"id": "q4", "question": "x*5+1=6", "answer": "1", "split": "train"}
                    {"id": "q5", "question": "x*6+1=7", "answer": "1", "split": "calibration"}
                    {"id": "q6", "question": "x*7+1=8", "answer": "1", "split": "calibration"}
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        EvaluationSet set = new EvaluationSet("evaluated.jsonl", null, "question", "answer", null, false);
        return new Recipe(
                "small",
                7,
                "base",
                null,
                new Data(
                        new LabeledFile(
                                directory.resolve("labeled.jsonl").toString(),
                                "id",
                                "question",
                                "answer",
                                "split",
                                null),
                        new UnlabeledFile("unlabeled.jsonl", null, "question", null),
                        null),
                new Evaluation(5, 2, List.of(1), Map.of("holdout", set, "other", set), "holdout"),
                new Generation(1, 6, null),
                Map.of("default", List.of("rule")),
                List.of(stages));
    }

    static Stage supervised(int rounds, int warmUp) {
        return supervised(rounds, warmUp, CRITIC);
    }

    /** 3 x 2 labeled trajectories a round and a warm-up step. */
    static Stage supervised(int rounds, int warmUp, CriticTraining critic) {
        return stage("stage1", rounds, QuestionSource.LABELED_TRAIN, RewardSource.VERDICT, warmUp, null, false, critic);
    }

    /** 2 x 3 labeled trajectories in an E-step. */
    static Stage tempo(int rounds, int every, ValuesFrom from, boolean labeledRows) {
        Recalibration recalibration = new Recalibration(every, QuestionSource.LABELED, 2, 3, from);
        return stage(
                "tempo", rounds, QuestionSource.UNLABELED, RewardSource.CRITIC, 0, recalibration, labeledRows, CRITIC);
    }

    static Stage votes(int rounds) {
        return stage("votes", rounds, QuestionSource.UNLABELED, RewardSource.MAJORITY_VOTE, 0, null, false, CRITIC);
    }

    private static Stage stage(
            String name,
            int rounds,
            QuestionSource from,
            RewardSource reward,
            int warmUp,
            @Nullable Recalibration recalibration,
            boolean labeledRows,
            CriticTraining critic) {
        boolean votes = reward == RewardSource.MAJORITY_VOTE;
        PolicyTraining policy = new PolicyTraining(
                new Optimizer(1e-3, .9, .95, 0, 1),
                4,
                1,
                PolicyLossKind.SEQUENCE_CLIP,
                Aggregation.TOKEN_MEAN,
                .03,
                .05,
                0,
                4,
                labeledRows,
                false);
        AdvantageSettings advantage = new AdvantageSettings(votes ? Baseline.GROUP : Baseline.BEFORE, true);
        return new Stage(name, rounds, from, 3, 2, reward, warmUp, recalibration, advantage, policy, critic);
    }
}
