package dev.tempo.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

final class ScoresTest {
    @Test
    void passAtKIsTheChanceThatADrawOfKHoldsACorrectOne() {
        PassAtK question = new PassAtK(4, 1);
        assertThat(question.average()).isEqualTo(.25);
        assertThat(question.at(1)).isCloseTo(.25, within(1e-12));
        assertThat(question.at(2)).isCloseTo(.5, within(1e-12));
        assertThat(question.at(4)).isEqualTo(1);
        assertThat(new PassAtK(4, 0).at(4)).isZero();
        assertThat(new PassAtK(16, 5).at(4)).isCloseTo(1 - 330.0 / 1820, within(1e-12));
    }

    @Test
    void aBenchmarkScoreIsTheMeanOverQuestions() {
        List<PassAtK> questions = List.of(new PassAtK(2, 1), new PassAtK(2, 0), new PassAtK(2, 2));
        assertThat(PassAtK.meanAverage(questions)).isCloseTo(.5, within(1e-12));
        assertThat(PassAtK.meanAt(questions, 2)).isCloseTo(2 / 3.0, within(1e-12));
        assertThatThrownBy(() -> PassAtK.meanAverage(List.of())).hasMessageContaining("at least 1 question");
    }

    @Test
    void countsThatCannotBeAreRejected() {
        assertThatThrownBy(() -> new PassAtK(4, 5)).hasMessage("5 correct out of 4 samples cannot be");
        assertThatThrownBy(() -> new PassAtK(0, 0)).hasMessageContaining("at least 1 sample");
        assertThatThrownBy(() -> new PassAtK(4, 2).at(5)).hasMessageContaining("pass@5");
    }

    @Test
    void theMajorityOfTheFirstKDecides() {
        List<String> answers = List.of("1", "2", "2", "1", "1");
        boolean[] correct = {false, true, true, false, false};
        assertThat(PassAtK.majorityAt(3, answers, correct)).isEqualTo(1);
        assertThat(PassAtK.majorityAt(5, answers, correct)).isZero();
        assertThat(PassAtK.majorityAt(2, answers, correct)).isZero();
        assertThat(PassAtK.majorityAt(1, Arrays.asList((String) null), new boolean[] {false}))
                .isZero();
    }

    @Test
    void theMajorityIsCountedByLetterAndRewardedByEquality() {
        VoteResult ballot = new MajorityVote(ScoresTest::sameNumber).count(List.of("0.5", ".50", "0.5", "7"));
        assertThat(ballot.label()).isEqualTo("0.5");
        assertThat(ballot.share()).isEqualTo(.5);
        assertThat(ballot.rewards()).containsExactly(1, 1, 1, 0);
    }

    @Test
    void onATieTheAnswerSeenFirstWins() {
        assertThat(new MajorityVote(ScoresTest::sameNumber)
                        .count(List.of("8", "9", "9", "8"))
                        .label())
                .isEqualTo("8");
    }

    @Test
    void missingAnswersNeitherVoteNorWin() {
        VoteResult ballot = new MajorityVote(ScoresTest::sameNumber).count(Arrays.asList(null, " ", "3", null));
        assertThat(ballot.label()).isEqualTo("3");
        assertThat(ballot.share()).isEqualTo(.25);
        assertThat(ballot.rewards()).containsExactly(0, 0, 1, 0);
    }

    @Test
    void aVoteWithoutAnswersHasNoLabelAndNoRewards() {
        VoteResult ballot = new MajorityVote(ScoresTest::sameNumber).count(Arrays.asList(null, null));
        assertThat(ballot.label()).isNull();
        assertThat(ballot.rewards()).containsOnly(0);
        assertThatThrownBy(() -> new MajorityVote(ScoresTest::sameNumber).count(List.of()))
                .hasMessageContaining("at least 1");
    }

    @Test
    void aClusterEarnsItsShareAndAMissingAnswerStandsAlone() {
        ClusterShare vote = new ClusterShare(ScoresTest::sameNumber);
        List<String> answers = Arrays.asList("1", null, "1.0", "2", null);
        assertThat(vote.count(answers).rewards()).containsExactly(.4, .2, .4, .2, .2);
        assertThat(vote.count(answers).label()).isEqualTo("1");
        assertThat(vote.clusters(answers)).containsExactly(List.of(0, 2), List.of(1), List.of(3), List.of(4));
        assertThat(ClusterShare.votingRewards(vote.clusters(answers))).containsExactly(1, 0, 1, 0, 0);
    }

    @Test
    void aClusterIsJoinedThroughItsFounder() {
        BiPredicate<String, String> within1 = (a, b) -> Math.abs(Integer.parseInt(a) - Integer.parseInt(b)) <= 1;
        assertThat(new ClusterShare(within1).clusters(List.of("1", "2", "3")))
                .containsExactly(List.of(0, 1), List.of(2));
    }

    @Test
    void semanticEntropyIsZeroInUnanimityAndLogNInDiscord() {
        assertThat(ClusterShare.semanticEntropy(List.of(List.of(0, 1, 2)))).isZero();
        assertThat(ClusterShare.semanticEntropy(List.of(List.of(0), List.of(1))))
                .isCloseTo(Math.log(2), within(1e-12));
    }

    @Test
    void voteQualityHoldsRewardsAgainstTheTruth() {
        VoteQuality quality =
                VoteQuality.of(new double[] {1, 0, 0, 0}, new boolean[] {false, false, true, false}, false);
        assertThat(quality).isEqualTo(new VoteQuality(0, .5, .25, .25, 1));
    }

    @Test
    void theBootstrapBracketsTheMeanAndRepeats() {
        double[] scores = new double[100];
        Arrays.fill(scores, 0, 30, 1);
        Bootstrap bootstrap = new Bootstrap(2000, .95, 7);
        Bootstrap.Interval interval = bootstrap.mean(scores);
        assertThat(interval.estimate()).isEqualTo(.3);
        // the normal approximation: .3 -+ 1.96 * sqrt(.3 * .7 / 100)
        assertThat(interval.low()).isCloseTo(.21, within(.025));
        assertThat(interval.high()).isCloseTo(.39, within(.025));
        assertThat(bootstrap.mean(scores)).isEqualTo(interval);
        double[] uneven = {.1, .35, .7, .2, .95};
        assertThat(new Bootstrap(50, .95, 8).mean(uneven)).isNotEqualTo(new Bootstrap(50, .95, 9).mean(uneven));
    }

    @Test
    void pairingCancelsWhatMakesAQuestionHardForBoth() {
        double[] first = {.1, .5, .9, .3, .7};
        double[] second = {0, .4, .8, .2, .6};
        Bootstrap.Interval difference = new Bootstrap(500, .95, 0).difference(first, second);
        assertThat(difference.low()).isCloseTo(.1, within(1e-9));
        assertThat(difference.high()).isCloseTo(.1, within(1e-9));
    }

    @Test
    void theNestedBootstrapDrawsGroupsAndTheirQuestions() {
        Bootstrap bootstrap = new Bootstrap(4000, .95, 3);
        double[] wide = new double[100];
        Arrays.fill(wide, 0, 50, 1);
        // questions alone: .5 -+ 1.96 * sqrt(.25 / 100)
        Bootstrap.Interval alone = bootstrap.nested(List.of(wide));
        assertThat(alone.estimate()).isEqualTo(.5);
        assertThat(alone.low()).isCloseTo(.402, within(.02));
        assertThat(alone.high()).isCloseTo(.598, within(.02));
        // groups alone: of two draws among 0 and 1 a quarter are both 0 and a quarter both 1
        Bootstrap.Interval groups = bootstrap.nested(List.of(new double[] {0, 0, 0}, new double[] {1, 1, 1}));
        assertThat(groups).isEqualTo(new Bootstrap.Interval(.5, 0, 1));
        assertThat(bootstrap.nested(List.of(new double[] {.25}, new double[] {.25, .25})))
                .isEqualTo(new Bootstrap.Interval(.25, .25, .25));
        assertThatThrownBy(() -> bootstrap.nested(List.of(new double[0]))).hasMessageContaining("1 question in each");
    }

    @Test
    void impossibleBootstrapsAreRejected() {
        assertThatThrownBy(() -> new Bootstrap(0, .95, 0)).hasMessageContaining("at least 1 resample");
        assertThatThrownBy(() -> new Bootstrap(10, 95, 0)).hasMessageContaining("95.0");
        assertThatThrownBy(() -> new Bootstrap(10, .95, 0).mean(new double[0])).hasMessageContaining("question");
    }

    @Test
    void threeSeedsCannotBeMoreConvincingThanAQuarter() {
        assertThat(PairedTest.pValue(new double[] {.3, .2, .4})).isEqualTo(.25);
        assertThat(PairedTest.pValue(new double[] {.3, -.2, .1})).isEqualTo(.75);
        assertThat(PairedTest.pValue(new double[] {0, 0})).isEqualTo(1);
    }

    private static boolean sameNumber(String first, String second) {
        return Double.parseDouble(first) == Double.parseDouble(second);
    }
}
