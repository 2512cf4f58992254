package dev.tempo.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The numbers without a computation beside them are printed by src/test/python/label_free_rewards.py. */
final class LabelFreeRewardsTest {
    private static final Offset<Double> ROUNDING = within(1e-12);
    private static final SelectiveVote VOTE = new SelectiveVote(LabelFreeRewardsTest::sameNumber);

    @Test
    void aClearMajorityEarnsItsShare() {
        VoteResult ballot = VOTE.count(List.of("8", "8.0", "9", "8"), new double[4]);

        assertThat(ballot.label()).isEqualTo("8");
        assertThat(ballot.share()).isEqualTo(.75);
        assertThat(ballot.rewards()).containsExactly(.75, .75, 0, .75);
    }

    @Test
    void withoutEnoughVotesOrMarginNobodyIsRight() {
        VoteResult third = VOTE.count(List.of("1", "1", "2", "3", "4", "5"), new double[6]); // .333 < .375
        VoteResult close =
                VOTE.count(List.of("1", "1", "1", "1", "2", "2", "2", "3"), new double[8]); // .5 - .375 = .125
        VoteResult alone =
                VOTE.count(Arrays.asList("1", "1", "1", null, null, null, null, null), new double[8]); // .375

        assertThat(third.label()).isNull();
        assertThat(third.rewards()).containsOnly(0);
        assertThat(third.share()).isZero();
        assertThat(close.label()).isNull();
        assertThat(alone.label()).isEqualTo("1");
        assertThat(alone.rewards()).startsWith(.375, .375, .375);
    }

    @Test
    void rareAnswersArePunishedOnlyIfTheyAreUncertain() {
        List<String> answers = new ArrayList<>(List.of("1", "1", "1", "1", "1", "1", "1", "2", "3"));
        double[] uncertainties = {.4, .4, .4, .4, .4, .4, .4, .1, .7};

        double[] rewards = VOTE.count(answers, uncertainties).rewards();

        // the mean is 3.6 / 9 = .4; 1/9 is below .125
        assertThat(rewards[0]).isCloseTo(7 / 9.0, ROUNDING);
        assertThat(rewards[7]).isCloseTo(-.1 * (.1 - .4), ROUNDING);
        assertThat(rewards[8]).isCloseTo(1 / 9.0 - .125 - .1 * (.7 - .4), ROUNDING);
    }

    @Test
    void responsesWithoutAnAnswerEarnMinusOneAndCountInEveryShare() {
        VoteResult ballot = VOTE.count(Arrays.asList("1", "1", null, " "), new double[] {.5, .5, .5, .5});

        assertThat(ballot.rewards()).containsExactly(.5, .5, -1, -1);
        assertThat(VOTE.count(Arrays.asList(null, null), new double[2]).label()).isNull();
        assertThatThrownBy(() -> VOTE.count(List.of(), new double[0])).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> VOTE.count(List.of("1"), new double[2])).hasMessageContaining("uncertainties");
    }

    @Test
    void theFormulasOfThePaperInPythonGiveTheSame() {
        String[] of17 = "4 4 4 4 4 4 4 5 5 5 5 6 7 - 8 8 -".split(" ");
        List<String> seventeen = new ArrayList<>();
        double[] entropies = new double[17];
        for (int i = 0; i < 17; i++) {
            String answer = of17[5 * i % 17];
            seventeen.add(answer.equals("-") ? null : answer);
            entropies[i] = .05 + .11 * (5 * i % 9);
        }
        double four = 0.4133361344537815;
        double five = -0.0027499999999999972;

        VoteResult ballot = VOTE.count(seventeen, entropies);

        assertThat(ballot.label()).isEqualTo("4");
        assertThat(ballot.rewards())
                .containsExactly(
                        new double[] {
                            four,
                            four,
                            five,
                            0,
                            four,
                            five,
                            -1,
                            four,
                            four,
                            0.04400000000000001,
                            -1,
                            four,
                            five,
                            0,
                            four,
                            five,
                            -0.11017647058823529
                        },
                        ROUNDING);
        assertThat(VOTE.count(
                                List.of("1", "2", "1", "2", "3", "1", "4", "2"),
                                new double[] {.1, .2, .3, .4, .5, .6, .7, .8})
                        .rewards())
                .containsExactly(
                        new double[] {
                            0.011666666666666665,
                            -0.0016666666666666774,
                            0.011666666666666665,
                            -0.0016666666666666774,
                            -0.0050000000000000044,
                            0.011666666666666665,
                            -0.025,
                            -0.0016666666666666774
                        },
                        ROUNDING);
    }

    @Test
    void theMeanLogProbabilityLeavesOutWhatAnEnvironmentWrote() {
        float[] logProbs = {-.5f, -.25f, -7, -2, -.0625f};
        boolean[] environment = {false, false, true, false, false};

        assertThat(MeanLogProbability.of(logProbs, environment)).isEqualTo(-0.703125);
        assertThat(MeanLogProbability.of(new float[] {-7}, new boolean[] {true}))
                .isZero();
        assertThatThrownBy(() -> MeanLogProbability.of(logProbs, new boolean[1]))
                .hasMessageContaining("environment");
    }

    @Test
    void aVoteThatFlipsWeighsLessAndGivesToMinorities() {
        GuardedVote vote = new GuardedVote(LabelFreeRewardsTest::sameNumber);

        double[] first = vote.count(List.of(), List.of("8", "8", "7"), 0).rewards();
        double[] flipped = vote.count(List.of(List.of("7", "7", "8")), List.of("8", "8", "7"), 0)
                .rewards();
        double[] same = vote.count(List.of(List.of("8.0", "7", "8.0")), List.of("8", "8", "7"), 0)
                .rewards();

        // 1, 1 and 0: mean 2/3, deviation sqrt(1/3)
        double[] advantages = {1 / Math.sqrt(3), 1 / Math.sqrt(3), -2 / Math.sqrt(3)};
        assertThat(first).containsExactly(advantages, within(1e-5));
        assertThat(same).containsExactly(first);
        // .5 for the flip, .7 as 2/3 of the votes are more than .6; the 7 is given .3 of the mean of all three
        double mean = .35 * 4 / Math.sqrt(3) / 3;
        assertThat(flipped)
                .containsExactly(
                        new double[] {.35 * advantages[0], .35 * advantages[1], .35 * advantages[2] + .3 * mean},
                        within(1e-5));
    }

    @Test
    void aQuestionsRoundsAreGuardedAsThePapersCodeGuardsThem() {
        double a = 0.4677062983483796;
        double b = -0.32739410884386577;
        double c = 0.5400605582031753;
        double d = 0.12374333670863574;
        double e = 0.6038061977601474;
        double f = -0.2264270241600553;
        double g = 0.35355239059610216;
        double h = -0.724567437312177;
        double[][] expected = {
            {1.2076123955202949, 1.2076123955202949, 1.2076123955202949, h, h, h, h, h},
            {a, a, a, a, b, b, -0.46069068887315395, b},
            {c, c, c, c, c, c, -1.6201816746095261, -1.6201816746095261},
            {d, d, d, d, d, d, d, -0.8662033569604503},
            {e, e, e, f, f, f, -0.3622837186560885, -0.3622837186560885},
            {0, 0, 0, 0, 0, 0, 0, 0},
            {g, g, g, g, g, g, g, -2.474866734172715},
            {g, g, g, g, g, g, g, -2.474866734172715},
            {g, g, g, g, g, g, g, -2.474866734172715},
            {0, 0, 0, 0, 0, 0, 0, 0}
        };
        String[] rounds = ("11122233 222211-1 22222211 11111112 33344412 44444444 44444443 44444443 44444443 44444443")
                .split(" ");
        double[] draws = {.9, .9, .9, .9, .9, .9, .9, .9, .8, .6};
        GuardedVote vote = new GuardedVote(LabelFreeRewardsTest::sameNumber);
        List<List<String>> earlier = new ArrayList<>();
        for (int round = 0; round < rounds.length; round++) {
            List<String> answers = new ArrayList<>();
            rounds[round].chars().forEach(letter -> answers.add(letter == '-' ? null : String.valueOf((char) letter)));
            assertThat(vote.count(earlier, answers, draws[round]).rewards())
                    .as("round " + round)
                    .containsExactly(expected[round], ROUNDING);
            earlier.add(answers);
        }
    }

    @Test
    void aGuardedVoteDoesNotSeeHowAnAnswerIsWritten() {
        GuardedVote vote = new GuardedVote(LabelFreeRewardsTest::sameNumber);
        List<List<String>> earlier = List.of(List.of("7", "7", "7", "7"));

        double[] alike = vote.count(earlier, List.of("8", "8", "8", "8", "7", "7", "6", "5"), 0)
                .rewards();
        double[] otherwise = vote.count(earlier, List.of("8", "8", "8.0", "8.0", "7", "7.0", "6", "5"), 0)
                .rewards();

        assertThat(otherwise).containsExactly(alike);
        assertThat(alike[5]).as("a quarter of the votes is a minority").isGreaterThan(alike[7]);
    }

    @Test
    void aGuardedVotesLabelIsItselfWhateverAJudgeMakesOfIt() {
        List<List<String>> earlier = List.of(List.of("x", "x", "x", "x"));
        List<String> answers = List.of("y", "y", "y", "z");

        double[] never = new GuardedVote((one, other) -> false)
                .count(earlier, answers, 0)
                .rewards();

        assertThat(never)
                .containsExactly(new GuardedVote(String::equals)
                        .count(earlier, answers, 0)
                        .rewards());
    }

    @Test
    void whatNeverHadAnotherLabelWeighsLessInFiveRounds() {
        GuardedVote vote = new GuardedVote(LabelFreeRewardsTest::sameNumber);
        List<List<String>> earlier = new ArrayList<>();
        List<Double> first = new ArrayList<>();
        for (int round = 0; round < 11; round++) {
            List<String> answers = List.of("1", "1", "1", "1", "2");
            first.add(vote.count(earlier, answers, 0).rewards()[0]);
            earlier.add(answers);
        }
        double plain = 0.44721259550219394;
        double less = 0.38013070617686484;

        assertThat(first.stream().mapToDouble(reward -> reward).toArray())
                .containsExactly(
                        new double[] {plain, plain, plain, plain, less, less, less, less, less, plain, plain},
                        ROUNDING);
    }

    private static boolean sameNumber(String a, String b) {
        return Double.parseDouble(a) == Double.parseDouble(b);
    }
}
