package dev.tempo.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.CriticReport;
import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.Interval;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Score;
import dev.tempo.contract.SetReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConclusionTest {
    private static final ModelReference MODEL = new ModelReference("file:/runs/r/policy", "0".repeat(64));

    private final RunJournal journal = new RunJournal("r", Measured.QUICKSTART);

    @Test
    void aRiseOnEveryQuestionIsARise() {
        measured(30, set("unlabeled", .25, 0, .8), .9);
        measured(130, set("unlabeled", .75, 0, .82), .9);

        assertThat(sentences())
                .containsExactly(
                        "On unlabeled, avg@16 rose from 0.250 to 0.750 over test-time (+0.500, 95 % interval +0.500 to"
                                + " +0.500).",
                        "On unlabeled, pass@16 held (0.800 to 0.820).",
                        "The critic tells right from wrong with AUC 0.900, Brier 0.100.");
    }

    @Test
    void aVersionOfWhichNothingCouldBeGeneratedIsNotMeasuredAndNotWrong() {
        measured(30, set("unlabeled", .25, 0, .8), .9);
        SetReport none = new SetReport(
                "unlabeled",
                0,
                16,
                score(0),
                Map.of(16, score(0)),
                score(0),
                0,
                0,
                32,
                0.0,
                0,
                Map.of(),
                null,
                "v2 is missing");
        measured(130, none, .9);

        assertThat(sentences())
                .contains("**test-time round 100 of 100 (v130) is not measured on unlabeled**: none of its 32 responses"
                        + " could be generated, the first because v2 is missing.")
                .noneMatch(sentence -> sentence.contains("avg@16") || sentence.contains("No response was right"));
        Summary summary = Summary.of(journal, Map.of(), null);
        assertThat(summary.stages().get(1).sets().get("unlabeled")).doesNotContainKeys("avg16", "pass16", "maj16");
        assertThat(summary.stages().get(0).sets().get("unlabeled")).containsKeys("avg16");
    }

    @Test
    void aFallAndLostVarietyAreSaid() {
        measured(30, set("unlabeled", .75, 0, .9), .9);
        measured(130, set("unlabeled", .5, 0, .6), .9);

        assertThat(sentences())
                .anyMatch(sentence -> sentence.startsWith("On unlabeled, avg@16 fell from 0.750 to 0.500"))
                .contains(
                        "On unlabeled, pass@16 fell (0.900 to 0.600): fewer questions have any right answer, which may"
                                + " be a loss of variety.");
    }

    @Test
    void whatGoesUpOnOneQuestionAndDownOnAnotherIsNoChange() {
        measured(30, set("unlabeled", .5, .25, .8), .9);
        measured(130, set("unlabeled", .5, -.25, .8), .9);

        assertThat(sentences()).anyMatch(sentence -> sentence.endsWith("so this run shows no change."));
    }

    @Test
    void aCriticThatGuessesAndAnswersThatPretendAreSaid() {
        measured(
                130,
                new SetReport("unlabeled", 2, 16, score(.5), Map.of(), score(.5), 0, 3, 1, .9, 1, Map.of(), null, null),
                .55);

        assertThat(sentences())
                .containsExactly(
                        "**Some trajectories failed**: 0 in updates of the policy, 0 in those of the critic, 1 in"
                                + " measurements. They taught nothing and count in no score; the logs of rollout-service"
                                + " and critic-service say why.",
                        "On unlabeled, avg@16 is 0.500.",
                        "On unlabeled, 0.900 of the wrong answers claim to be right.",
                        "On unlabeled, 1 responses could not be generated and 3 could not be judged; they are left out"
                                + " of the scores.",
                        "**The critic hardly tells right from wrong** (AUC 0.550, Brier 0.100; a guess has AUC 0.5),"
                                + " so the rewards that it gave cannot be trusted.");
    }

    @Test
    void aRunThatNeverGotARewardSaysSoFirstAndLoudly() {
        journal.add(policy(1, 0));
        journal.add(policy(2, 0));
        measured(130, set("unlabeled", 0, 0, 0), .9);

        assertThat(sentences().get(0))
                .startsWith("**Nothing was learned: in none of the 2 rounds did any response carry a gradient.**");
    }

    @Test
    void aRunWithoutAnyRightResponseOrRewardSaysSo() {
        journal.add(new PolicyVersion(
                "r", 1, MODEL, "stage1", 1, false, Map.of("reward.mean", 0.0), Map.of("gradient", 4), 1, 1));
        measured(30, set("unlabeled", 0, 0, 0), .5);

        assertThat(sentences())
                .startsWith("**No response ever got a reward**: the mean reward was 0 in each of the 1 rounds that had"
                        + " one.")
                .anyMatch(sentence -> sentence.startsWith("**No response was right in any measurement.**"));
        assertThat(new Conclusion(journal).alarms())
                .hasSize(3)
                .noneMatch(alarm -> alarm.contains("**"))
                .anyMatch(alarm -> alarm.startsWith("The critic hardly tells right from wrong"));

        journal.add(new PolicyVersion(
                "r", 2, MODEL, "stage1", 2, false, Map.of("reward.mean", .25), Map.of("gradient", 4), 1, 1));
        measured(130, set("unlabeled", .5, 0, .5), .9);
        assertThat(sentences()).noneMatch(sentence -> sentence.startsWith("**No response"));
    }

    @Test
    void theRoundsInsteadOfWhichTrainingWentBackAreNamed() {
        assertThat(sentences()).noneMatch(sentence -> sentence.contains("went back"));
        journal.add(policy(1, 4));
        journal.add(wentBack(4, 1));
        assertThat(sentences())
                .contains(
                        "Training went back to a promoted version after trials that found worse ones, once: v4 to v1.");
        journal.add(wentBack(7, 5));
        assertThat(sentences())
                .contains("Training went back to a promoted version after trials that found worse ones, 2 times: v4 to"
                        + " v1, v7 to v5.");
    }

    private static PolicyVersion wentBack(int version, int to) {
        return new PolicyVersion(
                "r",
                version,
                MODEL,
                "stage1",
                version,
                false,
                Map.of(),
                Map.of("dropped", 4),
                1,
                1,
                null,
                null,
                null,
                to);
    }

    @Test
    void whatFailedIsCountedByWhatItWasForAndSaidLoudly() {
        journal.add(new PolicyVersion(
                "r",
                1,
                MODEL,
                "stage1",
                1,
                false,
                Map.of("reward.mean", .5),
                Map.of("gradient", 3, "failed", 2),
                1,
                1));
        journal.add(new CriticVersion("r", 1, MODEL, true, Map.of("loss", .1, "rows.failed", 4.0), 1, 1));
        measured(
                1,
                new SetReport(
                        "unlabeled", 2, 16, score(.5), Map.of(), score(.5), 0, 0, 1, 0.0, 1, Map.of(), null, null),
                .9);

        assertThat(new Conclusion(journal).alarms())
                .first()
                .asString()
                .startsWith("Some trajectories failed: 2 in updates of the policy, 4 in those of the critic, 1 in"
                        + " measurements.");
        assertThat(journal.anyFailed()).isTrue();
    }

    @Test
    void roundsThatChangedNothingAreCounted() {
        journal.add(policy(1, 0));
        journal.add(policy(2, 16));

        assertThat(sentences())
                .containsExactly(
                        "In 1 of 2 rounds no response carried a gradient, so these rounds changed nothing.",
                        "Nothing was measured: the recipe has no evaluation sets.");
    }

    @Test
    void aStageWithoutAnyGradientIsNamedWithItsReasonsHoweverMuchTheOtherLearned() {
        for (int version = 1; version <= 30; version++) {
            journal.add(policy(version, 16));
        }
        for (int version = 31; version <= 129; version++) {
            journal.add(untaught(version));
        }
        assertThat(journal.unlearnedStages()).as("a round is missing").isEmpty();

        journal.add(untaught(130));

        assertThat(journal.unlearnedStages()).containsExactly("test-time");
        assertThat(sentences())
                .contains("**Stage test-time learned nothing: in none of its 100 rounds did any response carry a"
                        + " gradient.** Of its rows, 200 rows failed, 100 were worth exactly what was expected of"
                        + " them, so that their advantage is 0. The most frequent reasons: no worker (200 times);"
                        + " worth what was expected (100 times).");
        assertThat(new Conclusion(journal).alarms())
                .anyMatch(alarm -> alarm.startsWith("Stage test-time learned nothing"));
    }

    @Test
    void oneRoundThatCarriedAGradientIsEnoughForItsStage() {
        for (int version = 1; version <= 30; version++) {
            journal.add(policy(version, version == 17 ? 1 : 0));
        }
        assertThat(journal.unlearnedStages()).isEmpty();
    }

    private static PolicyVersion untaught(int version) {
        return new PolicyVersion(
                "r",
                version,
                MODEL,
                "test-time",
                version,
                false,
                Map.of("advantage.mean.abs", 0.0),
                Map.of("gradient", 1, "failed", 2),
                1,
                1,
                null,
                Map.of("no worker", 2, "worth what was expected", 1));
    }

    private List<String> sentences() {
        return new Conclusion(journal).sentences();
    }

    private void measured(int version, SetReport set, double auc) {
        journal.add(new EvaluationReport(
                "r", version, "test-time", 0, false, List.of(set), new CriticReport(auc, .1, .5, 32), 0, 0, null));
    }

    /** Twenty questions, half of them so much above the average as the others are below. */
    private static SetReport set(String name, double average, double spread, double pass) {
        Map<String, Double> questions = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            questions.put("q" + i, average + (i % 2 == 0 ? spread : -spread));
        }
        return new SetReport(
                name,
                20,
                16,
                score(average),
                Map.of(16, score(pass)),
                score(average),
                0,
                0,
                0,
                0.0,
                1,
                questions,
                null,
                null);
    }

    private static Score score(double value) {
        return new Score(value, new Interval(value, value));
    }

    private static PolicyVersion policy(int version, int gradient) {
        return new PolicyVersion(
                "r", version, MODEL, "stage1", version, false, Map.of(), Map.of("gradient", gradient), 1, 1);
    }
}
