package dev.tempo.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.contract.recipe.Aggregation;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class CriticTest {
    private static final double[][] NEW = {{.5, .9, -.2}, {1.4}, {.3, .2}};
    private static final double[][] OLD = {{.1, .2, .3}, {1.3}, {.3, .1}};
    private static final double[][] RETURNS = {{1, 1, 1}, {0}, {1, 1}};
    private static final boolean[][] MASK = {{true, true, true}, {true}, {true, false}};

    @Test
    void theSquaredErrorCountsThePromptsEndAndEveryToken() {
        CriticLoss loss = CriticLoss.squaredError(
                new double[][] {{.5, 1}, {.2, .4}},
                new double[] {1, 0},
                new boolean[][] {{true, true}, {true, true}},
                Aggregation.TOKEN_MEAN);
        assertThat(loss.loss()).isCloseTo((.25 + 0 + .04 + .16) / 4, within(1e-12));
        assertThat(loss.gradient()[0]).containsExactly(new double[] {-.25, 0}, within(1e-12));
        assertThat(loss.gradient()[1]).containsExactly(new double[] {.1, .2}, within(1e-12));
    }

    @Test
    void theTokenClipTakesTheGreaterError() {
        CriticLoss loss = CriticLoss.tokenClipped(
                new double[][] {{.9, .5}},
                new double[][] {{.5, .5}},
                new double[][] {{1, 1}},
                new boolean[][] {{true, true}},
                .1,
                Aggregation.TOKEN_MEAN);
        // held at .6: .4^2 beats .1^2
        assertThat(loss.loss()).isCloseTo(.5 * (.16 + .25) / 2, within(1e-12));
        assertThat(loss.clipFraction()).isCloseTo(.5, within(1e-7));
        assertThat(loss.gradient()[0]).containsExactly(new double[] {0, -.25}, within(1e-12));
    }

    @Test
    void theMeanShiftClipMovesAResponseAsAWhole() {
        CriticLoss loss = CriticLoss.meanShiftClipped(
                new double[][] {{.9, .7}},
                new double[][] {{.5, .5}},
                new double[][] {{1, 1}},
                new boolean[][] {{true, true}},
                new boolean[] {true},
                .1,
                Aggregation.TOKEN_MEAN);
        // shift .3 is held at .1: values .7 and .5
        assertThat(loss.loss()).isCloseTo(.5 * (.09 + .25) / 2, within(1e-12));
        assertThat(loss.clipFraction()).isCloseTo(1, within(1e-7));
        // errors -.3 and -.5 less their mean: only the shape of the response still learns
        assertThat(loss.gradient()[0]).containsExactly(new double[] {.05, -.05}, within(1e-12));
    }

    @Test
    void withoutALabeledResponseNothingIsLearnt() {
        CriticLoss loss = CriticLoss.meanShiftClipped(
                NEW, OLD, RETURNS, MASK, new boolean[3], .1, Aggregation.SEQ_MEAN_TOKEN_MEAN);
        assertThat(loss.loss()).isZero();
        assertThat(loss.gradient()).isDeepEqualTo(Shapes.like(MASK));
    }

    @Test
    void everyGradientIsTheDerivativeOfItsLoss() {
        for (Aggregation aggregation : Aggregation.values()) {
            requireDerivative(v -> CriticLoss.squaredError(v, new double[] {1, 0, 1}, MASK, aggregation));
            requireDerivative(v -> CriticLoss.tokenClipped(v, OLD, RETURNS, MASK, .15, aggregation));
            requireDerivative(v -> CriticLoss.meanShiftClipped(
                    v, OLD, RETURNS, MASK, new boolean[] {true, false, true}, .05, aggregation));
        }
    }

    @Test
    void aucCountsTiesAsHalf() {
        boolean[] correct = {true, true, false, false};
        assertThat(CriticQuality.auc(new double[] {.9, .5, .5, .1}, correct)).isEqualTo(3.5 / 4);
        assertThat(CriticQuality.auc(new double[] {.1, .2, .8, .9}, correct)).isZero();
        assertThat(CriticQuality.auc(new double[] {.1, .2}, new boolean[] {true, true}))
                .isEqualTo(.5);
    }

    @Test
    void brierIsTheMeanSquaredError() {
        assertThat(CriticQuality.brier(new double[] {.8, .4}, new boolean[] {true, false}))
                .isCloseTo((.04 + .16) / 2, within(1e-12));
        assertThatThrownBy(() -> CriticQuality.brier(new double[0], new boolean[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void thePosteriorGapIsTheLogarithmOfTheValueOnRightResponses() {
        boolean[] correct = {true, false, true};
        // (.5 + .25) of (.5 + .25 + .25)
        assertThat(CriticQuality.posteriorGap(new double[] {.5, .25, .25}, correct))
                .isCloseTo(-Math.log(.75), within(1e-12));
        // 1.5 counts as 1 and -3 as 0: python3 -c "import math; print(-math.log(1/1.6))" is 0.4700036292457356
        assertThat(CriticQuality.posteriorGap(new double[] {1.5, .6, -3}, correct))
                .isCloseTo(0.4700036292457356, within(1e-12));
        assertThat(CriticQuality.posteriorGap(new double[] {.4, -1, .7}, correct))
                .isZero();
        assertThat(CriticQuality.posteriorGap(new double[] {0, .6, 0}, correct)).isInfinite();
        assertThat(CriticQuality.posteriorGap(new double[3], correct)).isNaN();
    }

    @Test
    void aPerfectCriticExplainsAllVarianceAndAConstantOneNone() {
        double[] targets = {0, 1, 1, 0};
        assertThat(CriticQuality.explainedVariance(targets, targets)).isEqualTo(1);
        assertThat(CriticQuality.explainedVariance(new double[] {.3, .3, .3, .3}, targets))
                .isCloseTo(0, within(1e-7));
        assertThat(CriticQuality.explainedVariance(targets, new double[] {1, 1, 1, 1}))
                .isZero();
    }

    private static void requireDerivative(Function<double[][], CriticLoss> loss) {
        double[][] gradient = loss.apply(NEW).gradient();
        for (int i = 0; i < NEW.length; i++) {
            for (int t = 0; t < NEW[i].length; t++) {
                double[][] above = Shapes.copy(NEW);
                double[][] below = Shapes.copy(NEW);
                above[i][t] += 1e-6;
                below[i][t] -= 1e-6;
                double slope = (loss.apply(above).loss() - loss.apply(below).loss()) / 2e-6;
                assertThat(gradient[i][t]).isCloseTo(slope, within(1e-8));
            }
        }
    }
}
