package dev.tempo.eval;

import static dev.tempo.eval.Verdicts.correct;
import static dev.tempo.eval.Verdicts.failed;
import static dev.tempo.eval.Verdicts.undecided;
import static dev.tempo.eval.Verdicts.unvalued;
import static dev.tempo.eval.Verdicts.valued;
import static dev.tempo.eval.Verdicts.wrong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.algorithm.Reliability;
import dev.tempo.contract.CriticReport;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.Run;
import dev.tempo.contract.SetReport;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.eval.report.MeasurementDetail;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationRoundTest {
    @TempDir
    private Path directory;

    @Test
    void aRoundClosesWhenEverySampleOfEverySetIsThere() {
        EvaluationRound round =
                round(aRun().measuredOn("a", 1).measuredOn("b", 1).active());

        assertThat(round.add(correct(id("a/q0", 0), "0"))).isTrue();
        assertThat(round.add(correct(id("a/q0", 1), "0"))).isTrue();
        assertThat(round.add(wrong(id("b/q0", 0), "7", false))).isTrue();
        assertThat(round.isClosed()).isFalse();
        assertThat(round.missing()).isEqualTo("1 verdict");
        assertThat(round.add(wrong(id("b/q0", 1), "7", false))).isTrue();

        assertThat(round.isClosed()).isTrue();
        EvaluationReport report = round.report();
        assertThat(report.sets()).extracting(SetReport::set).containsExactly("a", "b");
        assertThat(report.sets()).extracting(set -> set.avg().value()).containsExactly(1.0, 0.0);
        assertThat(report.critic()).isNull();
        assertThat(report.version()).isEqualTo(2);
        assertThat(report.wallSeconds()).isEqualTo(20);
    }

    @Test
    void aSetMayHaveItsOwnNumberOfSamples() {
        EvaluationRound round =
                round(aRun().samples(3).measuredOn("a", 1).measuredOn("b", 2, 1).active());
        round.add(correct(id("a/q0", 0), "0"));
        round.add(wrong(id("a/q0", 1), "7", false));
        round.add(wrong(id("a/q0", 2), "7", false));
        round.add(correct(id("b/q0", 0), "0"));
        assertThat(round.add(correct(id("b/q0", 1), "0"))).isFalse();
        round.add(wrong(id("b/q1", 0), "7", false));

        assertThat(round.isClosed()).isTrue();
        assertThat(round.report().sets()).extracting(SetReport::samples).containsExactly(3, 1);
        assertThat(round.report().sets()).extracting(set -> set.avg().value()).containsExactly(1 / 3., .5);
        assertThat(round.report().sets())
                .extracting(set -> set.passAt().keySet())
                .containsExactly(Set.of(1, 3), Set.of(1));
    }

    @Test
    void theFirstRecordOfAnIdCountsAndStrangersDoNot() {
        EvaluationRound round = round(aRun().measuredOn("a", 1).active());

        assertThat(round.add(correct(id("a/q0", 0), "0"))).isTrue();
        assertThat(round.add(wrong(id("a/q0", 0), "7", false))).isFalse();
        assertThat(round.add(wrong(id("a/q0", 2), "7", false))).isFalse();
        assertThat(round.add(wrong(id("a/q1", 0), "7", false))).isFalse();
        assertThat(round.add(wrong(id("c/q0", 0), "7", false))).isFalse();
        assertThat(round.add(wrong(id("q0", 0), "7", false))).isFalse();
        assertThat(round.add(correct(id("a/q0", 1), "0"))).isTrue();

        assertThat(round.report().sets().get(0).avg().value()).isEqualTo(1);
    }

    @Test
    void theCriticIsMeasuredOnTrajectoriesThatHaveBothVerdictAndValue() {
        EvaluationRound round = round(aRun().measuredOn("a", 3)
                .measuredOn("b", 1)
                .withCriticQualityOn("a")
                .active());
        round.add(correct(id("a/q0", 0), "0"));
        round.add(wrong(id("a/q0", 1), "7", false));
        round.add(undecided(id("a/q1", 0)));
        round.add(wrong(id("a/q1", 1), "7", false));
        round.add(failed(id("a/q2", 0)));
        round.add(correct(id("a/q2", 1), "2"));
        assertThat(round.missing()).isEqualTo("2 verdicts and values of 6 trajectories");
        round.add(correct(id("b/q0", 0), "0"));
        round.add(correct(id("b/q0", 1), "0"));
        assertThat(round.isClosed()).isFalse();

        round.add(valued(id("a/q0", 0), 0.75f));
        round.add(valued(id("a/q0", 1), 0.5f));
        round.add(valued(id("a/q1", 0), 0.25f));
        round.add(valued(id("a/q1", 1), 0.25f));
        round.add(unvalued(id("a/q2", 0)));
        assertThat(round.missing()).isEqualTo("values of 1 trajectory");
        round.add(valued(id("a/q2", 1), 0.5f));
        assertThat(round.add(valued(id("b/q0", 0), 0.5f))).isFalse();

        assertThat(round.isClosed()).isTrue();
        CriticReport critic = Objects.requireNonNull(round.report().critic());
        // Right: .75, .5; wrong: .5, .25. Three of four pairs are in order, one is a tie.
        assertThat(critic.auc()).isEqualTo(3.5 / 4);
        assertThat(critic.brier()).isCloseTo((0.0625 + 0.25 + 0.0625 + 0.25) / 4, within(1e-9));
        assertThat(critic.meanValue()).isEqualTo(0.5);
        assertThat(critic.trajectories()).isEqualTo(4);
    }

    @Test
    void detailsSayHowAnswersSpreadAndHowFarTheCriticIsRight() {
        EvaluationRound round = round(
                aRun().samples(4).measuredOn("a", 2).withCriticQualityOn("a").active());
        round.add(correct(id("a/q0", 0), "0"));
        round.add(wrong(id("a/q0", 1), "7", false));
        round.add(correct(id("a/q0", 2), "0"));
        round.add(correct(id("a/q0", 3), "0"));
        for (int sample = 0; sample < 4; sample++) {
            round.add(sample == 0 ? undecided(id("a/q1", 0)) : wrong(id("a/q1", sample), "3", false));
            round.add(valued(id("a/q0", sample), .75f));
            round.add(valued(id("a/q1", sample), .25f));
        }

        MeasurementDetail detail = round.detail();

        assertThat(detail.version()).isEqualTo(2);
        MeasurementDetail.SetDetail set = Objects.requireNonNull(detail.sets().get("a"));
        // one question answered 3 to 1, the other always alike
        assertThat(set.answerEntropy()).isCloseTo(.5623351446188083 / 2, within(1e-12));
        assertThat(set.responseTokens()).isPositive();
        assertThat(detail.reliability()).hasSize(MeasurementDetail.BINS);
        assertThat(detail.reliability().get(7)).isEqualTo(new Reliability.Bin(4, .75, .75));
        assertThat(detail.reliability().get(2)).isEqualTo(new Reliability.Bin(3, .25, 0));
        Path file = directory.resolve("measured").resolve("v00002.json");
        detail.write(file);
        assertThat(MeasurementDetail.read(file)).isEqualTo(detail);
    }

    @Test
    void theOrderOfArrivalDoesNotShowInTheReport() {
        Run run = aRun().measuredOn("a", 4).active();
        EvaluationRound forwards = round(run);
        EvaluationRound backwards = round(run);
        for (int i = 0; i < 8; i++) {
            add(forwards, i);
            add(backwards, 7 - i);
        }

        assertThat(forwards.report()).isEqualTo(backwards.report());
    }

    private static void add(EvaluationRound round, int i) {
        TrajectoryId id = id("a/q" + i / 2, i % 2);
        round.add(i % 3 == 0 ? correct(id, "0") : wrong(id, "7", false));
    }

    private RunBuilder aRun() {
        return RunBuilder.aRun("r", directory);
    }

    private static EvaluationRound round(Run run) {
        return new EvaluationRound(RunBuilder.version(run, 2, Map.of()), run.recipe(), new Benchmarks(run).sets());
    }

    private static TrajectoryId id(String question, int sample) {
        return new RequestId("r", 2, Purpose.EVALUATION, 0, question).sample(sample);
    }
}
