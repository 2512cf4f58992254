package dev.tempo.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.tempo.contract.Purpose;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.Values;
import dev.tempo.contract.recipe.AdvantageSettings;
import dev.tempo.contract.recipe.Baseline;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefinementBatchTest {
    private static final AdvantageSettings BEFORE = new AdvantageSettings(Baseline.BEFORE, false);

    @Test
    void aConstantCriticGivesNoAdvantage() {
        RefinementBatch batch =
                RefinementBatch.of(List.of(Rows.constant(id("q0", 0), 0.7f), Rows.constant(id("q0", 1), 0.7f)), false);
        assertThat(batch.advantages(BEFORE)).allSatisfy(row -> assertThat(row).containsOnly(0));
        assertThat(batch.advantages(new AdvantageSettings(Baseline.BEFORE, true)))
                .allSatisfy(row -> assertThat(row).containsOnly(0));
    }

    @Test
    void theBaselineIsTheValueBeforeOrAfterTheToken() {
        RefinementBatch batch = RefinementBatch.of(List.of(row(id("q0", 0), 1, 0.5f, 0.25f, 0.75f, 1)), false);
        assertThat(batch.advantages(BEFORE).get(0)).containsExactly(0.5f, 0.75f, 0.25f);
        assertThat(batch.advantages(new AdvantageSettings(Baseline.AFTER, false))
                        .get(0))
                .containsExactly(0.75f, 0.25f, 0);
    }

    @Test
    void votesAreComparedWithTheirOwnQuestionOnly() {
        RefinementBatch batch = RefinementBatch.of(
                List.of(vote(id("q0", 0), 1), vote(id("q0", 1), 0), vote(id("q1", 0), 1), vote(id("q1", 1), 1)), false);
        List<float[]> advantages = batch.advantages(new AdvantageSettings(Baseline.GROUP, false));
        assertThat(advantages.get(0)[0]).isCloseTo((float) Math.sqrt(0.5), offset(1e-5f));
        assertThat(advantages.get(1)[0]).isCloseTo((float) -Math.sqrt(0.5), offset(1e-5f));
        assertThat(advantages.get(2)).containsOnly(0);
        assertThat(advantages.get(3)).containsOnly(0);
    }

    @Test
    void withoutBaselineTheAdvantageIsTheReward() {
        RefinementBatch batch = RefinementBatch.of(List.of(vote(id("q0", 0), 0.25)), false);
        assertThat(batch.advantages(new AdvantageSettings(Baseline.NONE, false)).get(0))
                .containsOnly(0.25f);
    }

    @Test
    void whiteningCountsOnlyTheTokensThatThePolicyWrote() {
        RefinementBatch batch = RefinementBatch.of(
                List.of(row(id("q0", 0), 1, 0.5f, -90, 0.75f, 1), row(id("q0", 1), 0, 0.5f, 90, 0.75f, 1)), false);
        List<float[]> advantages = batch.advantages(new AdvantageSettings(Baseline.BEFORE, true));
        double sum = 0;
        double squares = 0;
        for (float[] row : advantages) {
            assertThat(row[1]).isZero();
            sum += row[0] + row[2];
            squares += row[0] * row[0] + row[2] * row[2];
        }
        assertThat(sum).isCloseTo(0, offset(1e-5));
        assertThat(squares / 3).isCloseTo(1, offset(1e-5));
    }

    @Test
    void rowsWithoutRewardCarryNoGradientAndAreCounted() {
        TrajectoryId allEnvironment = id("q0", 3);
        var empty = Rows.valued(Rows.trajectory(allEnvironment, 0), Values.of(0.5f), 0.5);
        RefinementBatch batch = RefinementBatch.of(
                List.of(
                        Rows.constant(id("q0", 0), 1),
                        Rows.failed(id("q0", 1)),
                        Rows.undecided(id("q0", 2)),
                        Rows.held(id("q0", 3)),
                        empty),
                false);
        assertThat(batch.rows()).hasSize(1);
        assertThat(batch.counts()).isEqualTo(Map.of("gradient", 1, "failed", 1, "undecided", 1, "held", 1, "empty", 1));
    }

    @Test
    void theGroupFilterDropsLabeledQuestionsWhoseSamplesAllAgree() {
        List<ValuedTrajectory> rows = List.of(
                vote(labeled("q0", 0), 1),
                vote(labeled("q0", 1), 1),
                vote(labeled("q1", 0), 1),
                vote(labeled("q1", 1), 0),
                vote(id("q2", 0), 1),
                vote(id("q2", 1), 1));
        RefinementBatch batch = RefinementBatch.of(rows, true);
        assertThat(batch.rows()).isEqualTo(rows.subList(2, 6));
        assertThat(batch.counts()).containsEntry("filtered", 2).containsEntry("gradient", 4);
    }

    @Test
    void aRowWithoutValuesNamesItselfWhereTheBaselineNeedsThem() {
        RefinementBatch batch = RefinementBatch.of(List.of(vote(id("q7", 0), 1)), false);
        assertThatThrownBy(() -> batch.advantages(BEFORE)).hasMessageContaining("q7#0");
    }

    @Test
    void theGapIsTheMeanDistanceOverPolicyTokens() {
        RefinementBatch batch = RefinementBatch.of(List.of(row(id("q0", 0), 1, 0, 0, 0, 0)), false);
        assertThat(batch.gap(List.of(new float[] {-3.5f, 50, -2.5f}))).isEqualTo(0.5);
    }

    private static ValuedTrajectory row(TrajectoryId id, double reward, float... values) {
        return Rows.valued(Rows.trajectory(id, values.length - 1), Values.of(values), reward);
    }

    private static ValuedTrajectory vote(TrajectoryId id, double reward) {
        return Rows.valued(Rows.trajectory(id, 4), Values.of(), reward);
    }

    private static TrajectoryId id(String question, int sample) {
        return Rows.id("run", 0, Purpose.UNLABELED, question, sample);
    }

    private static TrajectoryId labeled(String question, int sample) {
        return Rows.id("run", 0, Purpose.LABELED, question, sample);
    }
}
