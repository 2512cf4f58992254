package dev.tempo.critic;

import dev.tempo.contract.fixtures.CriticTrainingBuilder;
import dev.tempo.contract.fixtures.PolicyTrainingBuilder;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.contract.recipe.CriticTraining;
import dev.tempo.contract.recipe.Evaluation;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.RecalibrationSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RepeatSettings;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.ValuesFrom;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Small recipes over six labeled questions, four of split train. */
final class Recipes {
    static final CriticTraining CRITIC = CriticTrainingBuilder.criticTraining()
            .learningRate(1e-2)
            .miniBatch(4, 2)
            .build();

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
        return RecipeBuilder.recipe(stages)
                .labeled(new LabeledFile(
                        directory.resolve("labeled.jsonl").toString(), "id", "question", "answer", "split", null))
                .evaluation(new Evaluation(5, 2, List.of(1), Map.of("holdout", set, "other", set), "holdout"))
                .generation(new Generation(1, 6, null))
                .judges(Map.of("default", List.of("rule")))
                .build();
    }

    static Stage supervised(int rounds, int warmUp) {
        return supervised(rounds, warmUp, CRITIC);
    }

    /** 3 x 2 labeled trajectories a round and a warm-up step. */
    static Stage supervised(int rounds, int warmUp, CriticTraining critic) {
        return StageBuilder.supervised("stage1")
                .from(QuestionSource.LABELED_TRAIN)
                .rounds(rounds)
                .questions(3, 2)
                .warmUp(warmUp)
                .critic(critic)
                .build();
    }

    /** 2 x 3 labeled trajectories in an E-step. */
    static Stage tempo(int rounds, int every, ValuesFrom from, boolean labeledRows) {
        return StageBuilder.testTime("tempo")
                .rounds(rounds)
                .questions(3, 2)
                .recalibrated(new RecalibrationSettings(every, QuestionSource.LABELED, 2, 3, from))
                .policy(PolicyTrainingBuilder.policyTraining()
                        .labeledRows(labeledRows)
                        .build())
                .critic(CRITIC)
                .build();
    }

    /** 2 x 3 labeled trajectories in each E-step, of which a round has several until the critic is good enough. */
    static Stage repeating(int rounds, double untilBrier, int atMost) {
        return repeating(rounds, new RepeatSettings(untilBrier, atMost));
    }

    static Stage repeating(int rounds, RepeatSettings repeat) {
        return StageBuilder.testTime("tempo")
                .rounds(rounds)
                .questions(3, 2)
                .recalibrated(
                        new RecalibrationSettings(1, QuestionSource.LABELED, 2, 3, ValuesFrom.RECALIBRATED, repeat))
                .critic(CRITIC)
                .build();
    }

    static Stage votes(int rounds) {
        return StageBuilder.voting("votes", RewardSource.MAJORITY_VOTE)
                .rounds(rounds)
                .questions(3, 2)
                .critic(CRITIC)
                .build();
    }
}
