package dev.tempo.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignificanceTest {
    /** As a method that is right a little more often on 24 questions of 16 samples might score against another. */
    private static final double[] DIFFERENCES = {
        .25, -.125, .0625, 0, .1875, .25, -.0625, .125, 0, .0625, .3125, -.1875, .125, .0625, 0, -.0625, .25, .1875,
        -.125, .0625, 0, .125, .0625, -.0625
    };

    /**
     * scipy 1.17.1: {@code scipy.stats.permutation_test((d,), np.mean, permutation_type='samples', n_resamples=1_000_000,
     * random_state=0).pvalue} gives 0.03964; all 2^20 swaps of the 20 that differ give 0.03938.
     */
    @Test
    void drawnSwapsComeNearToWhatScipySays() {
        assertThat(PairedTest.pValue(DIFFERENCES, 20_000, 7)).isCloseTo(.0396, within(.005));
        assertThat(PairedTest.pValue(DIFFERENCES, 20_000, 7)).isEqualTo(PairedTest.pValue(DIFFERENCES, 20_000, 7));
    }

    @Test
    void drawnSwapsComeNearToAllSwaps() {
        double[] few = Arrays.copyOf(DIFFERENCES, 12);

        assertThat(PairedTest.pValue(few, 20_000, 3)).isCloseTo(PairedTest.pValue(few), within(.01));
    }

    @Test
    void whatNoSwapReachesHasTheSmallestPValueAndEqualMethodsHaveOne() {
        double[] always = new double[128];
        Arrays.fill(always, .5);

        assertThat(PairedTest.pValue(always, 999, 1)).isEqualTo(.001);
        assertThat(PairedTest.pValue(new double[128], 999, 1)).isEqualTo(1);
        assertThatThrownBy(() -> PairedTest.pValue(new double[0], 10, 1))
                .hasMessage("the drawn test needs at least 1 pair and 1 draw, but got 0 and 10");
    }

    /** By hand: .01 x 4 = .04, .015 x 3 = .045, .03 x 2 = .06, .9 x 1 = .9. */
    @Test
    void holmMultipliesBySoManyAsAreLeft() {
        assertThat(HolmCorrection.adjusted(new double[] {.03, .01, .9, .015}))
                .containsExactly(new double[] {.06, .04, .9, .045}, within(1e-15));
        // .02 x 2 = .04 and .03 x 1 = .03, which is less than the one before it
        assertThat(HolmCorrection.adjusted(new double[] {.03, .02}))
                .containsExactly(new double[] {.04, .04}, within(1e-15));
        assertThat(HolmCorrection.adjusted(new double[] {.5, .6})).containsExactly(1, 1);
        assertThat(HolmCorrection.adjusted(new double[0])).isEmpty();
    }

    @Test
    void equalValuesFallIntoOneBinAndErrByTheirDistanceFromTheShareOfRightOnes() {
        List<Reliability.Bin> bins = Reliability.bins(
                new double[] {-.2, .1, .6, .7, .65, 1.4}, new boolean[] {false, true, true, true, false, true}, 2);

        assertThat(bins).extracting(Reliability.Bin::responses).containsExactly(2, 4);
        assertThat(bins).extracting(Reliability.Bin::right).containsExactly(.5, .75);
        assertThat(bins.get(0).meanValue()).isCloseTo(-.05, within(1e-15));
        assertThat(bins.get(1).meanValue()).isCloseTo(.8375, within(1e-15));
        // (2 x .55 + 4 x .0875) / 6
        assertThat(Reliability.expectedError(bins)).isCloseTo(.241666666666667, within(1e-12));
    }

    @Test
    void binsOfSeveralMeasurementsArePooledByTheirResponses() {
        Reliability.Bin none = new Reliability.Bin(0, 0, 0);
        List<Reliability.Bin> pooled = Reliability.pooled(List.of(
                List.of(new Reliability.Bin(1, .1, 0), none), List.of(new Reliability.Bin(3, .3, 1 / 3.0), none)));

        assertThat(pooled.get(0).responses()).isEqualTo(4);
        assertThat(pooled.get(0).meanValue()).isCloseTo(.25, within(1e-15));
        assertThat(pooled.get(0).right()).isCloseTo(.25, within(1e-15));
        assertThat(pooled.get(1)).isEqualTo(none);
    }

    /** Three of one answer and one of another: -(.75 ln .75 + .25 ln .25). */
    @Test
    void theEntropyOfAnswersIsThatOfTheirShares() {
        assertThat(Entropy.ofCounts(List.of(3, 1))).isCloseTo(.5623351446188083, within(1e-15));
        assertThat(Entropy.ofCounts(List.of(5))).isZero();
        assertThat(Entropy.ofCounts(List.of())).isZero();
        assertThat(Entropy.ofCounts(List.of(2, 2, 0))).isCloseTo(Math.log(2), within(1e-15));
    }
}
