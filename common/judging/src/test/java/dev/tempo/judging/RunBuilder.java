package dev.tempo.judging;

import dev.tempo.contract.ModelReference;
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
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.UnlabeledFile;
import dev.tempo.contract.recipe.ValueLossKind;
import java.util.List;
import java.util.Map;

/** Runs for tests: one supervised round, then ten that vote over three samples, judged by block inversion. */
public final class RunBuilder {
    private final String run;
    private RewardSource reward = RewardSource.MAJORITY_VOTE;
    private Map<String, List<String>> judges = Map.of("default", List.of("block-inversion"));

    private RunBuilder(String run) {
        this.run = run;
    }

    public static RunBuilder aRun(String run) {
        return new RunBuilder(run);
    }

    public RunBuilder rewardedBy(RewardSource source) {
        reward = source;
        return this;
    }

    public RunBuilder judgedBy(Map<String, List<String>> chains) {
        judges = chains;
        return this;
    }

    public Run active() {
        Recipe recipe = new Recipe(
                "test",
                0,
                "base",
                null,
                new Data(
                        new LabeledFile("labeled.jsonl", null, "question", "answer", null, null),
                        new UnlabeledFile("unlabeled.jsonl", null, "question", null),
                        null),
                new Evaluation(10, 2, List.of(2), Map.of(), null),
                new Generation(1, 22, null),
                judges,
                List.of(
                        stage("stage1", 1, QuestionSource.LABELED, RewardSource.VERDICT),
                        stage("vote", 10, QuestionSource.UNLABELED, reward)));
        ModelReference base = new ModelReference("file:/base", "0".repeat(64));
        return new Run(run, RunState.ACTIVE, recipe, base, "/runs/" + run, null);
    }

    private static Stage stage(String name, int rounds, QuestionSource questions, RewardSource reward) {
        return new Stage(
                name,
                rounds,
                questions,
                2,
                3,
                reward,
                0,
                null,
                new AdvantageSettings(reward == RewardSource.VERDICT ? Baseline.BEFORE : Baseline.GROUP, false),
                new PolicyTraining(
                        new Optimizer(1e-4, .9, .95, 0, 1),
                        4,
                        1,
                        PolicyLossKind.SEQUENCE_CLIP,
                        Aggregation.TOKEN_MEAN,
                        .03,
                        .05,
                        0,
                        1,
                        false,
                        false),
                new CriticTraining(
                        new Optimizer(5e-4, .9, .95, 0, 1),
                        4,
                        1,
                        ValueLossKind.SQUARED_ERROR,
                        .1,
                        CriticLabel.ZERO_ONE));
    }
}
