package dev.tempo.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.recipe.Generation;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static final RequestId REQUEST = new RequestId("r", 3, Purpose.UNLABELED, 0, "q-1");

    @Test
    void idsSortByRoundPurposeStepQuestionAndSample() {
        List<TrajectoryId> sorted = Stream.of(
                        REQUEST.sample(1),
                        REQUEST.sample(0),
                        new RequestId("r", 2, Purpose.EVALUATION, 0, "z").sample(9),
                        new RequestId("r", 3, Purpose.LABELED, 0, "q-9").sample(0))
                .sorted()
                .toList();

        assertThat(sorted)
                .extracting(TrajectoryId::toString)
                .containsExactly(
                        "r/2/evaluation/z#9", "r/3/labeled/q-9#0", "r/3/unlabeled/q-1#0", "r/3/unlabeled/q-1#1");
    }

    @Test
    void valuesAreOneMoreThanTokens() {
        Trajectory two = trajectory(2);

        assertThat(new ValuedTrajectory(two, 3, Values.of(.1f, .2f, .3f), .3, null).carriesGradient())
                .isTrue();
        assertThatThrownBy(() -> new ValuedTrajectory(two, 3, Values.of(.1f, .2f), .3, null))
                .hasMessageContaining("values has 2 entries but responseTokens plus one has 3");
    }

    @Test
    void aRowHasARewardOrTheReasonWhyNot() {
        Trajectory two = trajectory(2);

        assertThat(new ValuedTrajectory(two, 3, Values.of(), null, "undecided").carriesGradient())
                .isFalse();
        assertThatThrownBy(() -> new ValuedTrajectory(two, 3, Values.of(), null, null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ValuedTrajectory(two, 3, Values.of(), Double.NaN, null))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new ValuedTrajectory(two, 3, Values.of(), 1e300, null))
                .hasMessageContaining("no finite number in float32");
    }

    @Test
    void aFailedTrajectorySaysWhyAndACompletedOneDoesNot() {
        assertThat(Trajectory.failed(REQUEST.sample(0), "default", "p", "no model")
                        .isFailed())
                .isTrue();
        assertThatThrownBy(() -> new Trajectory(
                        REQUEST.sample(0),
                        "default",
                        "p",
                        "",
                        TokenIds.of(),
                        TokenIds.of(),
                        EnvironmentMask.of(),
                        LogProbs.of(),
                        StopReason.FAILED,
                        null))
                .hasMessageContaining("failure reason");
    }

    @Test
    void arraysOfATrajectoryAreEquallyLong() {
        assertThatThrownBy(() -> new Trajectory(
                        REQUEST.sample(0),
                        "default",
                        "p",
                        "ab",
                        TokenIds.of(1),
                        TokenIds.of(2, 3),
                        EnvironmentMask.of(false, false),
                        LogProbs.of(0f),
                        StopReason.END,
                        null))
                .hasMessageContaining("logProbs has 1 entries but responseTokens has 2");
    }

    @Test
    void anUndecidedVerdictHasNoReward() {
        assertThatThrownBy(() -> verdict(Outcome.UNDECIDED, 0.0)).hasMessageContaining("undecided");
        assertThatThrownBy(() -> verdict(Outcome.CORRECT, null)).hasMessageContaining("undecided");
        assertThatThrownBy(() -> verdict(Outcome.CORRECT, 1.5)).hasMessageContaining("1.5");
    }

    @Test
    void onlyVotesHaveRewardsOutsideOfZeroToOne() {
        Verdict vote = new Verdict(Outcome.WRONG, -2.5, null, null, "j", "1", Verdict.VOTE, "r", null, 0.0);

        assertThat(vote.reward()).isEqualTo(-2.5);
        assertThatThrownBy(() -> verdict(Outcome.WRONG, -2.5)).hasMessageContaining("must lie in [0, 1] but is -2.5");
        assertThatThrownBy(() ->
                        new Verdict(Outcome.WRONG, Double.NaN, null, null, "j", "1", Verdict.VOTE, "r", null, 0.0))
                .hasMessageContaining("finite");
    }

    @Test
    void aWeightFilesHashIsCheckedForItsForm() {
        assertThatThrownBy(() -> new ModelReference("file:/m", "abc")).hasMessageContaining("'abc'");
    }

    @Test
    void samplesOfAQuestionShareAKeyAndATrainerSeesItsWholeRun() {
        Trajectory trajectory = trajectory(1);

        assertThat(Topics.UNLABELED_TRAJECTORIES.keyOf(trajectory)).isEqualTo("r/q-1");
        assertThat(Topics.VALUED_TRAJECTORIES.keyOf(new ValuedTrajectory(trajectory, 3, Values.of(), 1.0, null)))
                .isEqualTo("r");
        assertThat(Topics.all()).extracting(Topic::name).doesNotHaveDuplicates();
    }

    @Test
    void aMeasurementOfMoreSamplesThanAnybodyCanTakeIsRefused() {
        Score score = new Score(.5, new Interval(.4, .6));

        assertThatThrownBy(() -> new SetReport(
                        "holdout", 1, 2_000_000_000, score, Map.of(), score, 0, 0, 0, 0.0, 1, Map.of(), null, null))
                .hasMessageContaining("samples must be at most 10000 but is 2000000000");
    }

    @Test
    void aRequestWithALongerQuestionThanAnybodyAsksIsRefused() {
        ModelReference policy = new ModelReference("file:/m", "0".repeat(64));
        RequestId id = new RequestId("r", 0, Purpose.LABELED, 0, "q");
        Generation generation = new Generation(1, 8, null);

        assertThatThrownBy(() -> new RolloutRequest(id, 1, policy, "default", "9".repeat(8 << 20), 1, generation))
                .hasMessageContaining("questionText has 8388608 characters, but a question has at most 500000");
    }

    @Test
    void anUpdateWithoutARowThatCarriesGradientTrainedNothing() {
        assertThat(version(Map.of("gradient", 0, "failed", 2)).trainedNothing()).isTrue();
        assertThat(version(Map.of("gradient", 1, "failed", 2)).trainedNothing()).isFalse();
    }

    @Test
    void aVersionThatNoUpdateMadeIsNoneThatTrainedNothing() {
        assertThat(version(Map.of()).trainedNothing()).isFalse();
    }

    @Test
    void rowsThatWereAllWorthWhatWasExpectedTaughtNothing() {
        ModelReference model = new ModelReference("file:/m", "0".repeat(64));
        for (double advantage : new double[] {0, .25}) {
            PolicyVersion version = new PolicyVersion(
                    "r",
                    3,
                    model,
                    "tempo",
                    2,
                    false,
                    Map.of("advantage.mean.abs", advantage),
                    Map.of("gradient", 4),
                    1,
                    1);
            assertThat(version.trainedNothing()).isFalse();
            assertThat(version.taughtNothing()).isEqualTo(advantage == 0);
        }
        assertThat(version(Map.of("gradient", 0)).taughtNothing()).isTrue();
        assertThat(version(Map.of()).taughtNothing()).isFalse();
    }

    private static PolicyVersion version(Map<String, Integer> rows) {
        ModelReference model = new ModelReference("file:/m", "0".repeat(64));
        return new PolicyVersion("r", 3, model, "tempo", 2, false, Map.of(), rows, 1, 1);
    }

    private static Verdict verdict(Outcome outcome, @org.jspecify.annotations.Nullable Double reward) {
        return new Verdict(outcome, reward, null, null, "j", "1", "s", "r", null, 0.0);
    }

    private static Trajectory trajectory(int tokens) {
        return new Trajectory(
                REQUEST.sample(0),
                "default",
                "p",
                "x".repeat(tokens),
                TokenIds.of(1),
                TokenIds.of(new int[tokens]),
                EnvironmentMask.of(new boolean[tokens]),
                LogProbs.of(new float[tokens]),
                StopReason.END,
                null);
    }
}
