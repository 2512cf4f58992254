package dev.tempo.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.contract.recipe.Baseline;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AdvantagesTest {
    private static final double[] VALUES = {0.5, 0.2, 0.9, 0.8};

    @Test
    void theLeastOfTheLastValuesLeavesThePromptsOut() {
        double[] values = {.1, .6, .3, .8};
        assertThat(Advantages.leastOfLast(values, 1)).isEqualTo(.8);
        assertThat(Advantages.leastOfLast(values, 2)).isEqualTo(.3);
        assertThat(Advantages.leastOfLast(values, 9)).isEqualTo(.3);
        assertThat(Advantages.leastOfLast(new double[] {.1}, 3)).isEqualTo(.1);
        assertThatThrownBy(() -> Advantages.leastOfLast(values, 0)).hasMessageContaining("least of 0");
    }

    @Test
    void aConstantCriticGivesNoAdvantage() {
        double[] constant = {0.7, 0.7, 0.7};
        double reward = Advantages.criticReward(constant);
        assertThat(Advantages.of(reward, constant, Baseline.BEFORE)).containsOnly(0);
        assertThat(Advantages.of(reward, constant, Baseline.AFTER)).containsOnly(0);
    }

    @Test
    void theBaselineBeforeATokenHasNotSeenIt() {
        double reward = Advantages.criticReward(VALUES);
        assertThat(Advantages.of(reward, VALUES, Baseline.BEFORE))
                .containsExactly(new double[] {.3, .6, -.1}, within(1e-12));
    }

    @Test
    void theBaselineAfterTheLastTokenIsTheRewardItself() {
        double reward = Advantages.criticReward(VALUES);
        assertThat(Advantages.of(reward, VALUES, Baseline.AFTER))
                .containsExactly(new double[] {.6, -.1, 0}, within(1e-12));
    }

    @Test
    void aResponseWithoutTokensHasNoAdvantages() {
        assertThat(Advantages.of(1, new double[] {0.4}, Baseline.BEFORE)).isEmpty();
        assertThatThrownBy(() -> Advantages.of(1, new double[0], Baseline.BEFORE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("n + 1 values");
    }

    @Test
    void whiteningLooksOnlyAtTheTokensThatThePolicyWrote() {
        double[][] whitened =
                Advantages.whitened(new double[][] {{1, 100, 3}, {5}}, new boolean[][] {{true, false, true}, {true}});
        // mean 3, unbiased variance 4
        assertThat(whitened[0]).containsExactly(new double[] {-1, 0, 0}, within(1e-7));
        assertThat(whitened[1]).containsExactly(new double[] {1}, within(1e-7));
    }

    @Test
    void aSingleTokenCannotBeComparedWithOthers() {
        assertThat(Advantages.whitened(new double[][] {{7, 8}}, new boolean[][] {{true, false}})[0])
                .containsOnly(0);
    }

    @Test
    void aRowThatDoesNotFitItsMaskIsNamed() {
        assertThatThrownBy(() -> Advantages.whitened(new double[][] {{1}, {1, 2}}, new boolean[][] {{true}, {true}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 1 of advantages has 2 entries, but its mask has 1");
    }

    @Test
    void groupsAreNormalisedByThemselves() {
        double[] advantages =
                Advantages.groupNormalised(new double[] {1, 4, 3, 8}, List.of("a", "b", "a", "b"), true, 0);
        double half = Math.sqrt(0.5);
        assertThat(advantages).containsExactly(new double[] {-half, -half, half, half}, within(1e-12));
        assertThat(Advantages.groupNormalised(new double[] {1, 4, 3, 8}, List.of("a", "b", "a", "b"), false, 0))
                .containsExactly(-1, -2, 1, 2);
    }

    @Test
    void aGroupOfOneKeepsItsScore() {
        assertThat(Advantages.groupNormalised(new double[] {0.7}, List.of("a"), true, 0))
                .containsExactly(0.7);
    }

    @Test
    void aUnanimousGroupGivesNoAdvantage() {
        assertThat(Advantages.groupNormalised(new double[] {1, 1, 1}, List.of(1, 1, 1), true, 1e-6))
                .containsOnly(0);
    }

    @Test
    void onlyLabeledUnanimousGroupsAreDropped() {
        boolean[] kept = Advantages.kept(
                new double[] {1, 1, 1, 0, 1, 1},
                List.of("alike", "alike", "mixed", "mixed", "unlabeled", "unlabeled"),
                new boolean[] {true, true, true, true, false, false});
        assertThat(kept).containsExactly(false, false, true, true, true, true);
    }

    @Test
    void aGroupThatIsHalfLabeledIsAnError() {
        assertThatThrownBy(() -> Advantages.kept(new double[] {1, 0}, List.of("q7", "q7"), new boolean[] {true, false}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("group q7");
    }

    @Test
    void onlyValuesOfTheCriticAreSubtractedTokenByToken() {
        assertThatThrownBy(() -> Advantages.of(1, VALUES, Baseline.GROUP)).hasMessageContaining("GROUP");
        assertThatThrownBy(() -> Advantages.of(1, VALUES, Baseline.NONE)).hasMessageContaining("NONE");
    }

    @Test
    void generalisedAdvantageStepsOverTheEnvironmentsTokens() {
        GeneralisedAdvantage estimate = GeneralisedAdvantage.of(
                new double[][] {{0, 0, 1}},
                new double[][] {{0.5, 9, 0.25}},
                new boolean[][] {{true, false, true}},
                1,
                0.5);
        // last: 1 - .25; the environment's token carries it; first: .25 - .5 + .5 * .75
        assertThat(estimate.advantages()[0]).containsExactly(new double[] {0.125, 0.75, 0.75}, within(1e-12));
        assertThat(estimate.returns()[0]).containsExactly(new double[] {0.625, 9.75, 1}, within(1e-12));
    }

    @Test
    void theReleasedCodesUnlabeledResponseIsScoredByItsLastModelToken() {
        ReleasedAdvantages released = ReleasedAdvantages.tokenLevel(
                new double[][] {{0.5, 9, 0.25}, {0.5, 0.5}},
                new double[][] {{0, 0, 1}, {0, 1}},
                new boolean[][] {{true, false, true}, {true, true}},
                new boolean[] {false, true});
        assertThat(released.outcomes()).containsExactly(0.25, 1);
        assertThat(released.raw()[0]).containsExactly(-0.25, 0, 0);
        assertThat(released.criticTargets()[1]).containsExactly(1, 1);
    }
}
