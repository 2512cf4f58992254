package dev.tempo.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Answer;
import dev.tempo.contract.CriticReport;
import dev.tempo.contract.EnvironmentMask;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.Interval;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.LogProbs;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.Score;
import dev.tempo.contract.SetReport;
import dev.tempo.contract.StopReason;
import dev.tempo.contract.TokenIds;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.Values;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.judging.rule.BlockInversionJudge;
import dev.tempo.judging.rule.BoxedJudge;
import dev.tempo.judging.rule.RulesJudge;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two questions with two samples each: x*4+5=0, whose answer is 7 (once right), and x*2+1=3, whose answer is 1 (twice). */
class RecomputationTest {
    private static final String RUN = "r";

    private static final Recipe RECIPE =
            RecipeBuilder.recipe(StageBuilder.supervised("stage1").build()).build();

    private final Recomputation recomputation = new Recomputation(RUN, RECIPE);

    @BeforeEach
    void records() {
        recomputation.add(answer("first", "x*4+5=0", "7"));
        recomputation.add(answer("second", "x*2+1=3", "1"));
        judged("first", 0, "457*46+50=0Y", "7", .9F);
        judged("first", 1, "453*41+56=0N", "7", .1F);
        judged("second", 0, "211*22+13=3Y", "1", .8F);
        judged("second", 1, "211*22+13=3Y", "1", .3F);
    }

    @Test
    void whatWasReportedRightlyAgrees() {
        assertThat(recomputation.changedVerdicts()).isEmpty();
        assertThat(recomputation.check(report(.75, 1, 1)))
                .hasSize(5)
                .allSatisfy(check -> assertThat(check.agrees()).as(check.what()).isTrue());
    }

    @Test
    void aNumberThatTheRecordsDoNotBearOutIsNoticed() {
        assertThat(recomputation.check(report(.8, 1, 1)))
                .filteredOn(check -> !check.agrees())
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.what()).contains("v0 ", "unlabeled", "avg@2");
                    assertThat(check.reported()).isEqualTo(.8);
                    assertThat(check.recomputed()).isEqualTo(.75);
                });
    }

    @Test
    void aWrongAreaUnderTheCurveIsNoticed() {
        assertThat(recomputation.check(report(.75, 1, .5)))
                .filteredOn(check -> !check.agrees())
                .singleElement()
                .satisfies(check -> assertThat(check.what()).contains("AUC"));
    }

    @Test
    void aVerdictThatTheJudgeWouldNotGiveAgainIsNoticed() {
        Trajectory wrong = trajectory("first", 2, "453*41+56=0N");
        Verdict right = new BlockInversionJudge().judge("x*4+5=0", "3", "453*41+56=0N", true);
        recomputation.add(new JudgedTrajectory(wrong, right));

        assertThat(recomputation.changedVerdicts())
                .singleElement()
                .asString()
                .contains("unlabeled/first#2", "was CORRECT", "is WRONG");
    }

    /** By the rules alone the number stated last would be the answer. */
    @Test
    void aVerdictBehindBoxedIsGivenAgainByTheBoxAlone() {
        Recomputation boxed = new Recomputation(RUN, RECIPE.withJudges(Map.of("default", List.of("boxed", "rules"))));
        boxed.add(answer("first", "Which?", "5"));
        String response = "\\boxed{7}. The final answer is 5.";
        assertThat(new RulesJudge().judge("Which?", "5", response, true).outcome())
                .isEqualTo(Outcome.CORRECT);
        Verdict wrong = new RulesJudge().judge("Which?", "5", "\\boxed{7}", true);
        boxed.add(new JudgedTrajectory(trajectory("first", 0, response), wrong));
        Verdict missing = new BoxedJudge().judge("Which?", "5", "5", true);
        boxed.add(new JudgedTrajectory(trajectory("first", 1, "5"), missing));
        assertThat(boxed.changedVerdicts()).isEmpty();

        Verdict right = new RulesJudge().judge("Which?", "5", response, true);
        boxed.add(new JudgedTrajectory(trajectory("first", 2, response), right));
        assertThat(boxed.changedVerdicts()).singleElement().asString().contains("was CORRECT", "is WRONG");
    }

    @Test
    void verdictsOfJudgesThatAreNotRulesStand() {
        Verdict theirs = new Verdict(Outcome.WRONG, 0.0, "7", null, "poem", "1", "poem", "no poem", null, 1.0);
        recomputation.add(new JudgedTrajectory(trajectory("first", 2, "457*46+50=0Y"), theirs));

        assertThat(recomputation.changedVerdicts()).isEmpty();
    }

    @Test
    void aVerdictWithoutAnAnswerIsNoticed() {
        judged("third", 0, "211*22+13=3Y", "1", .3F);

        assertThat(recomputation.changedVerdicts()).singleElement().asString().contains("without an answer");
    }

    @Test
    void secondRecordsOfAnIdAndOtherRunsCountNothing() {
        judged("first", 1, "457*46+50=0Y", "7", .9F);
        recomputation.add(new Answer("other", Purpose.EVALUATION, "unlabeled/first", "x*4+5=0", "3", "default"));

        assertThat(recomputation.changedVerdicts()).isEmpty();
        assertThat(recomputation.check(report(.75, 1, 1))).allMatch(Recomputation.Check::agrees);
    }

    private void judged(String question, int sample, String response, String reference, float lastValue) {
        Trajectory trajectory = trajectory(question, sample, response);
        Verdict verdict = new BlockInversionJudge().judge("", reference, response, true);
        recomputation.add(new JudgedTrajectory(trajectory, verdict));
        recomputation.add(new ValuedTrajectory(trajectory, 0, Values.of(.5F, lastValue), (double) lastValue, null));
    }

    private static Answer answer(String question, String text, String answer) {
        return new Answer(RUN, Purpose.EVALUATION, "unlabeled/" + question, text, answer, "default");
    }

    private static Trajectory trajectory(String question, int sample, String response) {
        return new Trajectory(
                new RequestId(RUN, 0, Purpose.EVALUATION, 0, "unlabeled/" + question).sample(sample),
                "default",
                "",
                response,
                TokenIds.of(1),
                TokenIds.of(2),
                EnvironmentMask.of(false),
                LogProbs.of(-1),
                StopReason.END,
                null);
    }

    /** avg@2 = (1/2 + 1) / 2, pass@2 = 1, maj@2 = 1; right ones have values .9, .8, .3, the wrong one .1. */
    private static EvaluationReport report(double average, double majority, double auc) {
        double brier = (square(.9F - 1) + square(.1F) + square(.8F - 1) + square(.3F - 1)) / 4;
        return new EvaluationReport(
                RUN,
                0,
                "stage1",
                0,
                false,
                List.of(new SetReport(
                        "unlabeled",
                        2,
                        2,
                        score(average),
                        Map.of(2, score(1)),
                        score(majority),
                        0,
                        0,
                        0,
                        0.0,
                        1.5,
                        Map.of(),
                        null,
                        null)),
                new CriticReport(auc, brier, .5, 4),
                0,
                0,
                null);
    }

    private static double square(double number) {
        return number * number;
    }

    private static Score score(double value) {
        return new Score(value, new Interval(value, value));
    }
}
