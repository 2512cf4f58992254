package dev.tempo.critic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.ValuesFrom;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundPlanTest {
    @TempDir
    Path directory;

    @Test
    void aSupervisedStageWarmsUpOnceAndLearnsInEveryRoundWhatItHasValued() {
        List<RoundPlan> plans = plans(Recipes.supervised(2, 3));

        assertThat(plans).extracting(RoundPlan::warmUpSteps).containsExactly(3, 0, 0);
        assertThat(plans).extracting(RoundPlan::learns).containsExactly(true, true, false);
        assertThat(plans).extracting(RoundPlan::valuesBefore).containsExactly(true, true, true);
        assertThat(plans).extracting(RoundPlan::valuesLabeled).containsExactly(true, true, false);
        assertThat(plans).extracting(RoundPlan::lastOfStage).containsExactly(false, true, false);
        assertThat(plans.get(0).labeled()).isEqualTo(new RoundPlan.Draw(QuestionSource.LABELED_TRAIN, 3, 2));
    }

    @Test
    void anEStepIsDueEverySoManyRoundsAndComesBeforeTheValuesItIsFor() {
        List<RoundPlan> plans = plans(Recipes.tempo(3, 2, ValuesFrom.RECALIBRATED, false));

        assertThat(plans).extracting(RoundPlan::learns).containsExactly(true, false, true, false);
        assertThat(plans).extracting(RoundPlan::valuesBefore).containsExactly(false, true, false, true);
        assertThat(plans).extracting(RoundPlan::valuesLabeled).containsOnly(false);
        assertThat(plans.get(0).labeled()).isEqualTo(new RoundPlan.Draw(QuestionSource.LABELED, 2, 3));
    }

    @Test
    void valuesOfTheCriticBeforeTheEStepAreGivenWhereTheRecipeAsksForThem() {
        List<RoundPlan> plans = plans(Recipes.tempo(1, 1, ValuesFrom.PREVIOUS, true));

        assertThat(plans.get(0).valuesBefore()).isTrue();
        assertThat(plans.get(0).valuesLabeled()).isTrue();
    }

    @Test
    void aLaterStageBeginsWithAFreshOptimizerAndTheRoundAfterTheLastUpdateDoesNot() {
        List<RoundPlan> plans = plans(Recipes.supervised(2, 0), Recipes.tempo(1, 1, ValuesFrom.RECALIBRATED, false));

        assertThat(plans).extracting(RoundPlan::freshOptimizer).containsExactly(false, false, true, false);
        assertThat(plans).extracting(RoundPlan::roundOfStage).containsExactly(0, 1, 0, 1);
    }

    @Test
    void whereAVoteIsTheRewardNothingIsLearned() {
        List<RoundPlan> plans = plans(Recipes.votes(2));

        assertThat(plans).noneMatch(RoundPlan::learns);
        assertThat(plans).extracting(RoundPlan::labeled).containsOnlyNulls();
    }

    private List<RoundPlan> plans(Stage... stages) {
        Run run = new Run(
                "run-1",
                RunState.ACTIVE,
                Recipes.of(directory, stages),
                new ModelReference("file:///base", "0".repeat(64)),
                directory.toString(),
                null);
        return IntStream.rangeClosed(0, run.recipe().rounds())
                .mapToObj(round -> RoundPlan.of(run, round))
                .toList();
    }
}
