package dev.tempo.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class DivergenceTest {
    @Test
    void theEstimatorsOfOneTokenAreThoseOfTheirFormulas() {
        double e = .5;
        assertThat(KullbackLeibler.named("k1").value(e, 0)).isEqualTo(.5);
        assertThat(KullbackLeibler.named("abs").value(-e, 0)).isEqualTo(.5);
        assertThat(KullbackLeibler.named("k2").value(e, 0)).isEqualTo(.125);
        assertThat(KullbackLeibler.named("k3").value(e, 0)).isCloseTo(Math.exp(-.5) + .5 - 1, within(1e-12));
        assertThat(KullbackLeibler.named("k3").slope(e, 0)).isCloseTo(1 - Math.exp(-.5), within(1e-12));
    }

    @Test
    void straightThroughFormsHaveTheSlopeOfK2() {
        assertThat(KullbackLeibler.named("k3+").value(.5, 0))
                .isEqualTo(KullbackLeibler.named("k3").value(.5, 0));
        assertThat(KullbackLeibler.named("k3+").slope(.5, 0)).isEqualTo(.5);
        assertThat(KullbackLeibler.named("k1+").slope(-.25, 0)).isEqualTo(-.25);
    }

    @Test
    void k3IsHeldFarFromTheReference() {
        assertThat(KullbackLeibler.named("k3").value(-30, 0)).isEqualTo(10);
        assertThat(KullbackLeibler.named("k3").slope(-30, 0)).isZero();
    }

    @Test
    void anUnknownEstimatorIsNamed() {
        assertThatThrownBy(() -> KullbackLeibler.named("k4")).hasMessageContaining("but was k4");
    }

    @Test
    void thePenaltyFallsOnMarkedTokensOnly() {
        double[][] rewards = KullbackLeibler.named("k1")
                .penalised(
                        new double[][] {{1, 1}},
                        new double[][] {{.5, .5}},
                        new double[][] {{0, 0}},
                        new boolean[][] {{true, false}},
                        .1);
        assertThat(rewards[0]).containsExactly(new double[] {.95, 1}, within(1e-12));
    }

    @Test
    void theCoefficientRisesWhileTheDivergenceIsAboveItsTarget() {
        AdaptiveKullbackLeibler start = new AdaptiveKullbackLeibler(.1, 6, 10_000);
        assertThat(start.after(12, 256).beta()).isCloseTo(.1 * (1 + .2 * .0256), within(1e-12));
        assertThat(start.after(6, 256).beta()).isEqualTo(.1);
        assertThat(start.after(5.4, 1000).beta()).isCloseTo(.1 * (1 - .1 * .1), within(1e-12));
        assertThatThrownBy(() -> new AdaptiveKullbackLeibler(.1, 0, 1)).hasMessageContaining("0.0");
    }

    @Test
    void anEvenChoiceAmongFourHasTheEntropyOfTwoBits() {
        double[] even = {3, 3, 3, 3};
        assertThat(Entropy.of(even)).isCloseTo(Math.log(4), within(1e-12));
        assertThat(Entropy.logProbability(even, 2)).isCloseTo(-Math.log(4), within(1e-12));
    }

    @Test
    void aBlockedTokenHasNoPartInTheEntropy() {
        double[] blocked = {1000, Double.NEGATIVE_INFINITY, 1000};
        assertThat(Entropy.of(blocked)).isCloseTo(Math.log(2), within(1e-12));
        assertThat(Entropy.logProbability(blocked, 1)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThatThrownBy(() -> Entropy.logProbability(blocked, 3)).hasMessageContaining("token 3");
        assertThatThrownBy(() -> Entropy.of(new double[] {Double.NEGATIVE_INFINITY}))
                .hasMessageContaining("1 tokens are blocked");
    }

    @Test
    void statisticsReadMarkedEntriesOnly() {
        double[][] values = {{1, 2, Double.NaN}, {6}};
        boolean[][] mask = {{true, true, false}, {true}};
        assertThat(MaskedStatistics.sum(values, mask)).isEqualTo(9);
        assertThat(MaskedStatistics.mean(values, mask)).isCloseTo(3, within(1e-7));
        assertThat(MaskedStatistics.biasedVariance(values, mask)).isCloseTo(14 / 3.0, within(1e-7));
        assertThat(MaskedStatistics.variance(values, mask)).isCloseTo(7, within(1e-7));
        assertThat(MaskedStatistics.whitenKeepingMean(values, mask)[1][0])
                .isCloseTo(3 + 3 / Math.sqrt(7), within(1e-7));
    }

    @Test
    void aSingleTokenHasNoVariance() {
        assertThatThrownBy(() -> MaskedStatistics.variance(new double[][] {{1}}, new boolean[][] {{true}}))
                .hasMessageContaining("at least 2");
    }
}
