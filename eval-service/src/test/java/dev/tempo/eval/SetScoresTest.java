package dev.tempo.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;

import com.google.re2j.Pattern;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.Score;
import dev.tempo.contract.SetReport;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.recipe.Evaluation;
import dev.tempo.eval.report.MeasuredQuestion;
import dev.tempo.plugin.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SetScoresTest {
    private static final JudgedSample UNDECIDED =
            new JudgedSample(Outcome.UNDECIDED, null, false, null, 0, false, false);
    private static final JudgedSample FAILED =
            new JudgedSample(Outcome.UNDECIDED, null, false, "policy v2 is missing", 0, false, false);

    @Test
    void scoresAreMeansOverQuestions() {
        SetReport report = report(
                List.of(right("8"), wrong("7"), wrong("7"), wrong("6")),
                List.of(right("2"), right("2"), wrong("7"), wrong("1")));

        assertThat(report.questions()).isEqualTo(2);
        assertThat(report.avg().value()).isEqualTo((0.25 + 0.5) / 2);
        // C(3,2)/C(4,2) = 1/2 and C(2,2)/C(4,2) = 1/6
        assertThat(report.passAt())
                .extractingByKey(2)
                .extracting(Score::value, DOUBLE)
                .isCloseTo((1 - 1 / 2.0 + 1 - 1 / 6.0) / 2, within(1e-12));
        assertThat(report.passAt().get(4)).extracting(Score::value).isEqualTo(1.0);
        assertThat(report.majority().value()).isEqualTo(0.5);
        assertThat(report.distinctAnswers()).isEqualTo(3);
    }

    @Test
    void theFirstSeenAnswerWinsATie() {
        assertThat(report(List.of(wrong("7"), right("8"), right("8"), wrong("7")))
                        .majority()
                        .value())
                .isZero();
        assertThat(report(List.of(right("8"), wrong("7"), wrong("7"), right("8")))
                        .majority()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void malformedResponsesAreWrongAndNoAnswer() {
        SetReport report = report(List.of(malformed(true), malformed(false), malformed(false), right("8")));

        assertThat(report.malformed()).isEqualTo(0.75);
        assertThat(report.majority().value()).isEqualTo(1);
        assertThat(report.distinctAnswers()).isEqualTo(1);
        assertThat(report.wrongClaimingCorrect()).isCloseTo(1 / 3.0, within(1e-12));
    }

    @Test
    void whereNoJudgeSaysWhatResponsesClaimNobodyCountsIt() {
        JudgedSample silent = new JudgedSample(Outcome.WRONG, "7", null, null, 1, false, false);

        assertThat(report(List.of(silent, silent, silent, silent)).wrongClaimingCorrect())
                .isNull();
        assertThat(report(List.of(silent, silent, right("8"), right("8"))).wrongClaimingCorrect())
                .as("the others claim nothing")
                .isZero();
    }

    @Test
    void aResponseIsInFormatIfAllOfItMatchesAndWithoutAFormatNobodyCounts() {
        Pattern format = Pattern.compile("x=\\d+\\.");
        TrajectoryId id = new TrajectoryId(new RequestId("r", 0, Purpose.EVALUATION, 0, "q"), 0);
        List<JudgedSample> samples = Stream.of("x=4.", "x=4. Right.", "x=four.", "x=15.")
                .map(response -> JudgedSample.of(Verdicts.saying(id, response), format))
                .toList();

        assertThat(samples).extracting(JudgedSample::inFormat).containsExactly(true, false, false, true);
        assertThat(JudgedSample.of(Verdicts.saying(id, "x=4."), null).inFormat())
                .isFalse();
        Evaluation looked = new Evaluation(10, 4, List.of(1), Map.of(), null, format.pattern());
        SetScores scores = new SetScores("holdout", looked, 1, 0);
        scores.add("q", samples);
        assertThat(scores.report().inFormat()).isEqualTo(.5);
        assertThat(report(samples).inFormat()).isNull();
    }

    @Test
    void undecidedAndFailedSamplesAreLeftOutButCounted() {
        SetReport report = report(List.of(right("8"), UNDECIDED, FAILED, wrong("7")));

        assertThat(report.avg().value()).isEqualTo(0.5);
        assertThat(report.undecided()).isEqualTo(1);
        assertThat(report.failed()).isEqualTo(1);
        assertThat(report.failure()).isEqualTo("policy v2 is missing");
        // Two samples are left: pass@4 is bounded from below by pass@2.
        assertThat(report.passAt().get(4)).extracting(Score::value).isEqualTo(1.0);
    }

    @Test
    void aQuestionWithoutAnyDecidedSampleIsLeftOut() {
        SetReport report = report(List.of(FAILED, FAILED), List.of(right("8"), wrong("7")));

        assertThat(report.questions()).isEqualTo(1);
        assertThat(report.avg().value()).isEqualTo(0.5);
        assertThat(report.avgByQuestion()).isEqualTo(Map.of("qb", 0.5));
    }

    @Test
    void nothingDecidedAtAllIsZeroOfZeroQuestions() {
        SetReport report = report(List.of(FAILED, UNDECIDED));

        assertThat(report.questions()).isZero();
        assertThat(report.avg().value()).isZero();
        assertThat(report.passAt()).containsOnlyKeys(1, 2, 4);
    }

    @Test
    void theSameSeedGivesTheSameIntervalsAndAnotherSeedOthers() {
        List<List<JudgedSample>> questions = new ArrayList<>();
        for (int question = 0; question < 40; question++) {
            List<JudgedSample> samples = new ArrayList<>();
            for (int sample = 0; sample < 7; sample++) {
                samples.add(question * sample % 11 < 4 ? right("1") : wrong("2"));
            }
            questions.add(samples);
        }

        SetReport report = report(questions, 1);

        assertThat(report(questions, 1)).isEqualTo(report);
        assertThat(report(questions, 2)).isNotEqualTo(report);
        assertThat(report.avg().interval().low()).isLessThan(report.avg().value());
        assertThat(report.avg().interval().high()).isGreaterThan(report.avg().value());
    }

    @Test
    void aQuestionHasItsScoresOverItsDecidedSamplesAndAllOfItsResponses() {
        MeasuredQuestion question = SetScores.question(
                "set",
                "set/q",
                List.of(
                        wrong("7"),
                        new JudgedSample(Outcome.WRONG, null, false, null, 40, true, false),
                        right("8"),
                        UNDECIDED,
                        right("8"),
                        FAILED),
                List.of(1, 2, 6));

        assertThat(question.avg()).isEqualTo(.5);
        // of 4 decided samples 2 are right: C(2,2)/C(4,2) = 1/6; pass@6 is bounded from below by pass@4
        assertThat(question.passAt()).hasSize(3).containsEntry(1, .5).containsEntry(6, 1.0);
        assertThat(question.passAt().get(2)).isCloseTo(5 / 6.0, within(1e-12));
        assertThat(question.maj()).isEqualTo(1);
        assertThat(question.responses())
                .extracting(MeasuredQuestion.Response::outcome)
                .containsExactly(
                        Outcome.WRONG, Outcome.WRONG, Outcome.CORRECT, Outcome.UNDECIDED, Outcome.CORRECT, null);
        assertThat(question.responses().get(1)).isEqualTo(new MeasuredQuestion.Response(Outcome.WRONG, null, 40, true));
        assertThat(SetScores.question("set", "set/q", List.of(FAILED, UNDECIDED), List.of(1)))
                .extracting(MeasuredQuestion::avg, MeasuredQuestion::maj, MeasuredQuestion::passAt)
                .containsExactly(null, null, Map.of());
    }

    @SafeVarargs
    private static SetReport report(List<JudgedSample>... questions) {
        return report(List.of(questions), 1);
    }

    private static SetReport report(List<List<JudgedSample>> questions, long seed) {
        SetScores scores = new SetScores("set", evaluation(), questions.size(), seed);
        for (int question = 0; question < questions.size(); question++) {
            scores.add("q" + (char) ('a' + question), questions.get(question));
        }
        return scores.report();
    }

    private static Evaluation evaluation() {
        return new Evaluation(10, 4, List.of(1, 2, 4), Map.of(), null);
    }

    private static JudgedSample right(String answer) {
        return new JudgedSample(Outcome.CORRECT, answer, true, null, 1, false, false);
    }

    private static JudgedSample wrong(@Nullable String answer) {
        return new JudgedSample(Outcome.WRONG, answer, false, null, 1, false, false);
    }

    private static JudgedSample malformed(boolean claimsCorrect) {
        return new JudgedSample(Outcome.WRONG, null, claimsCorrect, null, 1, false, false);
    }
}
