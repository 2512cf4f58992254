package dev.tempo.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.contract.recipe.Aggregation;
import org.junit.jupiter.api.Test;

final class PolicyLossTest {
    private static final boolean[][] TWO = {{true, true}};
    private static final double[][] OLD = {{0, 0}};

    @Test
    void atTheOldPolicyTheLossIsTheMeanNegativeAdvantage() {
        for (PolicyClip clip : new PolicyClip[] {
            new TokenClip(.2, .2, Aggregation.TOKEN_MEAN),
            new DualClip(.2, .2, 3, Aggregation.TOKEN_MEAN),
            new SequenceClip(.03, .05, Aggregation.TOKEN_MEAN)
        }) {
            PolicyLoss loss = clip.loss(OLD, OLD, new double[][] {{1, -3}}, TWO);
            assertThat(loss.loss()).isEqualTo(1);
            assertThat(loss.clipFraction()).isZero();
            assertThat(loss.approxKl()).isZero();
            assertThat(loss.gradient()[0]).containsExactly(-0.5, 1.5);
        }
    }

    @Test
    void aTokenThatIsAlreadyMuchLikelierGetsNoFurtherPush() {
        double[][] now = {{Math.log(1.5), Math.log(1.1)}};
        PolicyLoss loss = new TokenClip(.2, .2, Aggregation.TOKEN_MEAN).loss(OLD, now, new double[][] {{1, 1}}, TWO);
        assertThat(loss.loss()).isCloseTo(-(1.2 + 1.1) / 2, within(1e-12));
        assertThat(loss.clipFraction()).isCloseTo(.5, within(1e-7));
        assertThat(loss.gradient()[0]).containsExactly(new double[] {0, -.55}, within(1e-12));
        assertThat(loss.approxKl()).isCloseTo(-Math.log(1.65) / 2, within(1e-7));
    }

    @Test
    void aBadTokenThatBecameLikelierIsPushedBackInSpiteOfTheClip() {
        double[][] now = {{Math.log(4), 0}};
        PolicyLoss loss = new TokenClip(.2, .2, Aggregation.TOKEN_MEAN).loss(OLD, now, new double[][] {{-1, 0}}, TWO);
        assertThat(loss.loss()).isCloseTo(2, within(1e-12));
        assertThat(loss.gradient()[0][0]).isCloseTo(2, within(1e-12));
    }

    @Test
    void theDualClipBoundsWhatABadTokenCosts() {
        double[][] now = {{Math.log(4), 0}};
        PolicyLoss loss = new DualClip(.2, .2, 3, Aggregation.TOKEN_MEAN).loss(OLD, now, new double[][] {{-1, 0}}, TWO);
        assertThat(loss.loss()).isCloseTo(1.5, within(1e-12));
        assertThat(loss.gradient()[0][0]).isZero();
        assertThat(loss.lowerClipFraction()).isCloseTo(.5, within(1e-7));
    }

    @Test
    void theGradientOfTheTokenClipIsTheDerivativeOfItsLoss() {
        double[][] old = {{-1, -2, -.5}, {-.3}};
        double[][] now = {{-1.1, -1.7, -.1}, {-.9}};
        double[][] advantages = {{.7, -1.2, .4}, {-.6}};
        boolean[][] mask = {{true, true, true}, {true}};
        for (Aggregation aggregation : Aggregation.values()) {
            PolicyClip clip = new DualClip(.2, .28, 1.3, aggregation);
            double[][] gradient = clip.loss(old, now, advantages, mask).gradient();
            for (int i = 0; i < now.length; i++) {
                for (int t = 0; t < now[i].length; t++) {
                    double[][] above = Shapes.copy(now);
                    double[][] below = Shapes.copy(now);
                    above[i][t] += 1e-6;
                    below[i][t] -= 1e-6;
                    double slope = (clip.loss(old, above, advantages, mask).loss()
                                    - clip.loss(old, below, advantages, mask).loss())
                            / 2e-6;
                    assertThat(gradient[i][t]).isCloseTo(slope, within(1e-8));
                }
            }
        }
    }

    @Test
    void allTokensOfAResponseShareItsRatio() {
        double[][] now = {{.04, .02}};
        assertThat(SequenceClip.ratios(OLD, now, TWO)).containsExactly(new double[] {Math.exp(.03)}, within(1e-12));
        PolicyLoss loss =
                new SequenceClip(.03, .05, Aggregation.TOKEN_MEAN).loss(OLD, now, new double[][] {{2, -1}}, TWO);
        assertThat(loss.loss()).isCloseTo(-.5 * Math.exp(.03), within(1e-12));
        assertThat(loss.gradient()[0])
                .containsExactly(new double[] {-Math.exp(.03), .5 * Math.exp(.03)}, within(1e-12));
    }

    @Test
    void aResponseOutsideTheRangeIsClippedTokenByTokenWhereItWouldGoOn() {
        double[][] now = {{.2, .2}};
        PolicyLoss loss =
                new SequenceClip(.03, .05, Aggregation.TOKEN_MEAN).loss(OLD, now, new double[][] {{2, -1}}, TWO);
        assertThat(loss.clipFraction()).isCloseTo(.5, within(1e-7));
        assertThat(loss.gradient()[0]).containsExactly(new double[] {0, .5 * Math.exp(.2)}, within(1e-12));
    }

    @Test
    void theEnvironmentsTokensHaveNoPartInRatioLossOrGradient() {
        double[][] now = {{.02, 5}};
        PolicyLoss loss = new SequenceClip(.03, .05, Aggregation.TOKEN_MEAN)
                .loss(OLD, now, new double[][] {{1, 100}}, new boolean[][] {{true, false}});
        assertThat(loss.loss()).isCloseTo(-Math.exp(.02), within(1e-12));
        assertThat(loss.gradient()[0][1]).isZero();
    }

    @Test
    void aRunawayResponseIsHeldAndHasNoGradient() {
        PolicyLoss loss = new SequenceClip(.03, .05, Aggregation.TOKEN_MEAN)
                .loss(OLD, new double[][] {{11, 11}}, new double[][] {{-1, -1}}, TWO);
        assertThat(loss.loss()).isCloseTo(Math.exp(10), within(1e-8));
        assertThat(loss.gradient()[0]).containsOnly(0);
    }

    @Test
    void aggregationsWeighLongResponsesDifferently() {
        double[][] losses = {{1, 2, 3}, {10, 0, 0}, {0, 0, 0}};
        boolean[][] mask = {{true, true, true}, {true, false, false}, {false, false, false}};
        assertThat(LossAggregation.aggregate(losses, mask, Aggregation.TOKEN_MEAN))
                .isEqualTo(4);
        assertThat(LossAggregation.aggregate(losses, mask, Aggregation.SEQ_MEAN_TOKEN_MEAN))
                .isCloseTo(6, within(1e-7));
        assertThat(LossAggregation.aggregate(losses, mask, Aggregation.SEQ_MEAN_TOKEN_SUM))
                .isEqualTo(8);
        assertThat(LossAggregation.sumOverLongest(losses, mask)).isCloseTo(16 / 3.0, within(1e-12));
        assertThat(LossAggregation.sumOver(losses, mask, 32)).isEqualTo(0.5);
    }

    @Test
    void aBatchWithoutTokensCostsNothing() {
        for (Aggregation aggregation : Aggregation.values()) {
            assertThat(LossAggregation.aggregate(new double[][] {{5}}, new boolean[][] {{false}}, aggregation))
                    .isZero();
        }
    }

    @Test
    void impossibleRangesAreRejected() {
        assertThatThrownBy(() -> new SequenceClip(-.1, .2, Aggregation.TOKEN_MEAN))
                .hasMessageContaining("-0.1");
        assertThatThrownBy(() -> new TokenClip(.2, Double.NaN, Aggregation.TOKEN_MEAN))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new DualClip(.2, .2, 1, Aggregation.TOKEN_MEAN))
                .hasMessageContaining("1.0");
    }
}
