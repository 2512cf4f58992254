package dev.tempo.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.tempo.contract.Purpose;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.Values;
import dev.tempo.contract.fixtures.PolicyTrainingBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.contract.recipe.Baseline;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.model.Sequence;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.training.PolicyTrainer;
import dev.tempo.runs.RunStoppedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The M-step by numbers that can be computed by hand: before its first step every ratio of new to old probability is 1. */
class RefinementTest {
    @TempDir
    Path directory;

    private Path base = Path.of(".");

    @BeforeEach
    void aRandomModel() {
        base = TinyModel.write(directory.resolve("base"));
    }

    @Test
    void theFirstLossIsTheNegativeMeanAdvantageOverThePolicysTokens() {
        // V before the three tokens that the policy wrote: .5, .25, .75; the second token is the environment's.
        Update update = refine(stage(Baseline.BEFORE, 1e-3, 8), valued("q0", 4, 1, .5f, .9f, .25f, .75f, 1));

        // A = .5, .75, .25, their mean .5
        assertThat(update.statistics().get("loss")).isCloseTo(-.5, offset(1e-6));
        assertThat(update.statistics().get("advantage.mean.abs")).isCloseTo(.5, offset(1e-6));
        assertThat(update.statistics().get("reward.mean")).isEqualTo(1);
        assertThat(update.statistics().get("approx.kl")).isCloseTo(0, offset(1e-6));
        assertThat(update.statistics().get("clip.fraction")).isZero();
        assertThat(update.rows()).containsEntry("gradient", 1).containsEntry("failed", 0);
    }

    @Test
    void aLongResponseWeighsAsManyTokensAsItHas() {
        // 3 tokens of the policy with A = 1 and 5 with A = -.5
        Update update = refine(stage(Baseline.NONE, 1e-3, 8), valued("q0", 4, 1), valued("q1", 6, -.5));

        assertThat(update.statistics().get("loss")).isCloseTo(-(3 * 1 + 5 * -.5) / 8, offset(1e-6));
        assertThat(update.statistics().get("advantage.mean.abs")).isCloseTo((3 * 1 + 5 * .5) / 8, offset(1e-6));
        assertThat(update.statistics().get("reward.mean")).isCloseTo(.25, offset(1e-12));
    }

    @Test
    void whatIsWorthMoreThanItsBaselineBecomesLikelierAndTheRestLessLikely() {
        ValuedTrajectory good = valued("q0", 6, 1);
        ValuedTrajectory bad = valued("q1", 6, -1);
        try (PolicyTrainer policy = trainer(1e-2)) {
            double goodBefore = logProb(policy, good);
            double badBefore = logProb(policy, bad);

            new Refinement(policy, Rehearsal.none(), 3).refine(0, stage(Baseline.NONE, 1e-2, 8), List.of(good, bad));

            assertThat(logProb(policy, good)).isGreaterThan(goodBefore);
            assertThat(logProb(policy, bad)).isLessThan(badBefore);
        }
    }

    @Test
    void theSameRoundGivesTheSameBitsAndAnotherRoundOtherMiniBatches() {
        ValuedTrajectory[] rows = {
            valued("q0", 4, 1), valued("q1", 5, -1), valued("q2", 6, .5), valued("q3", 4, -.5), valued("q4", 5, .25)
        };
        assertThat(weightsAfter(0, rows)).isEqualTo(weightsAfter(0, rows)).isNotEqualTo(weightsAfter(1, rows));
    }

    @Test
    void aRoundWithoutGradientMovesNothingAndSaysWhatBecameOfItsRows() {
        String before = new ModelDirectory(base).sha256();
        try (PolicyTrainer policy = trainer(1e-2)) {
            Update update = new Refinement(policy, Rehearsal.none(), 3)
                    .refine(
                            0,
                            stage(Baseline.NONE, 1e-2, 8),
                            List.of(Rows.failed(id("q0")), Rows.undecided(id("q1")), Rows.undecided(id("q2"))));

            assertThat(update.statistics()).isEmpty();
            assertThat(update.rows()).isEqualTo(Map.of("gradient", 0, "failed", 1, "undecided", 2));
            policy.save(directory.resolve("after"));
        }
        assertThat(new ModelDirectory(directory.resolve("after")).sha256()).isEqualTo(before);
    }

    @Test
    void aRoundThatTaughtNothingSaysWhyForThoseWhoCountItsStage() {
        Update failed = refine(
                stage(Baseline.NONE, 1e-2, 8), Rows.failed(id("q0")), Rows.failed(id("q1")), Rows.undecided(id("q2")));
        assertThat(failed.reasons()).hasSize(2).containsValue(2);

        Update expected = refine(stage(Baseline.BEFORE, 1e-3, 8), valued("q0", 4, .5, .5f, .5f, .5f, .5f, .5f));
        assertThat(expected.statistics()).containsEntry("advantage.mean.abs", 0.0);
        assertThat(expected.reasons()).containsExactly(Map.entry("worth what was expected (reward 0.5)", 1));

        Update taught = refine(stage(Baseline.NONE, 1e-2, 8), valued("q0", 4, 1), Rows.failed(id("q1")));
        assertThat(taught.reasons()).isEmpty();
    }

    @Test
    void aLossThatIsNotFiniteNamesRoundAndMiniBatch() {
        ValuedTrajectory poisoned = valued("q0", 4, 1, .5f, .9f, Float.NaN, .75f, 1);

        assertThatThrownBy(() -> refine(stage(Baseline.BEFORE, 1e-3, 8), poisoned))
                .isInstanceOf(RunStoppedException.class)
                .hasMessageStartingWith("round 0, mini-batch 0: ");
    }

    private String weightsAfter(int round, ValuedTrajectory... rows) {
        Path after = directory.resolve("after-" + round + "-" + System.identityHashCode(new Object()));
        try (PolicyTrainer policy = trainer(1e-2)) {
            new Refinement(policy, Rehearsal.none(), 3).refine(round, stage(Baseline.NONE, 1e-2, 2), List.of(rows));
            policy.save(after);
        }
        return new ModelDirectory(after).sha256();
    }

    private Update refine(Stage stage, ValuedTrajectory... rows) {
        try (PolicyTrainer policy = trainer(stage.policy().optimizer().learningRate())) {
            return new Refinement(policy, Rehearsal.none(), 3).refine(0, stage, List.of(rows));
        }
    }

    private PolicyTrainer trainer(double learningRate) {
        return PolicyTrainer.start(base, Optimizer.of(learningRate));
    }

    private static double logProb(PolicyTrainer policy, ValuedTrajectory row) {
        Sequence sequence = RefinementBatch.of(List.of(row), false).sequences().get(0);
        float[] logProbs = policy.logProbs(List.of(sequence)).get(0);
        double sum = 0;
        for (int token = 0; token < logProbs.length; token++) {
            sum += sequence.environmentMask()[token] ? 0 : logProbs[token];
        }
        return sum;
    }

    private static ValuedTrajectory valued(String question, int tokens, double reward, float... values) {
        return Rows.valued(Rows.trajectory(id(question), tokens), Values.of(values), reward);
    }

    private static TrajectoryId id(String question) {
        return Rows.id("run-1", 0, Purpose.UNLABELED, question, 0);
    }

    /** One pass, without whitening, so that every number can be followed. */
    private static Stage stage(Baseline baseline, double learningRate, int miniBatch) {
        return StageBuilder.testTime("test-time")
                .questions(5, 1)
                .advantage(baseline, false)
                .policy(PolicyTrainingBuilder.policyTraining()
                        .learningRate(learningRate)
                        .miniBatch(miniBatch, 1)
                        .build())
                .build();
    }
}
