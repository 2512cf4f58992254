package dev.tempo.judging;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.contract.recipe.Baseline;
import dev.tempo.contract.recipe.Evaluation;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.contract.recipe.Stage;
import java.util.List;
import java.util.Map;

/** Runs for tests: one supervised round, then ten that vote over three samples of one question, judged by block inversion. */
public final class RunBuilder {
    private final String run;
    private String directory;
    private RewardSource reward = RewardSource.MAJORITY_VOTE;
    private Map<String, List<String>> judges = Map.of("default", List.of("block-inversion"));

    private RunBuilder(String run) {
        this.run = run;
        directory = "/runs/" + run;
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

    public RunBuilder in(String place) {
        directory = place;
        return this;
    }

    public Run active() {
        Stage supervised = StageBuilder.supervised("stage1")
                .questions(2, 64)
                .advantage(Baseline.BEFORE, false)
                .build();
        Recipe recipe = RecipeBuilder.recipe(supervised, rewarded().rounds(10).build())
                .evaluation(new Evaluation(
                        10,
                        2,
                        List.of(2),
                        Map.of("holdout", new EvaluationSet("holdout.jsonl", null, "question", "answer", null, false)),
                        null))
                .generation(new Generation(1, 22, null))
                .judges(judges)
                .build();
        ModelReference base = new ModelReference("file:/base", "0".repeat(64));
        return new Run(run, RunState.ACTIVE, recipe, base, directory, null);
    }

    private StageBuilder rewarded() {
        Baseline baseline = reward == RewardSource.GUARDED_VOTE ? Baseline.NONE : Baseline.GROUP;
        return StageBuilder.voting("vote", reward).questions(1, 3).advantage(baseline, false);
    }
}
