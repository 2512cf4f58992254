package dev.tempo.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.algorithm.PairedBets.Evidence;
import dev.tempo.algorithm.rounds.CounterRandom;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairedBetsTest {

    @Test
    void withoutAPairNothingIsKnown() {
        assertThat(PairedBets.of(new double[0], -.1)).isEqualTo(new Evidence(0, 0, 1, 1));
        assertThat(new Evidence(0, 0, 1, 1).confidenceGreater()).isZero();
    }

    /** With bound 0 stakes are 1/2, 1/4, 1/8, 1/16: after +1 wealth is (3/2 + 5/4 + 9/8 + 17/16) / 4 = 79/64. */
    @Test
    void aFullGainAndAFullLossByHand() {
        Evidence gain = PairedBets.of(new double[] {1}, 0);
        assertThat(gain.greater()).isEqualTo(79 / 64.0);
        assertThat(gain.less()).isEqualTo(1);
        assertThat(gain.mean()).isEqualTo(1);
        assertThat(gain.confidenceGreater()).isEqualTo(1 - 64 / 79.0);
        // then -1: (3/4 + 15/16 + 63/64 + 255/256) / 4 for who bet on more; the most that there was still counts
        Evidence both = PairedBets.of(new double[] {1, -1}, 0);
        assertThat(both.greater()).isEqualTo(79 / 64.0);
        // who bet on less: after +1 (1/2 + 3/4 + 7/8 + 15/16) / 4, after -1 as above, never more than 1
        assertThat(both.less()).isEqualTo(1);
        assertThat(both.mean()).isZero();
        // +1, -1, -1 for who bets on less: (3/4 * 3/2 + 15/16 * 5/4 + 63/64 * 9/8 + 255/256 * 17/16) / 4
        assertThat(PairedBets.of(new double[] {1, -1, -1}, 0).less())
                .isEqualTo((9 / 8.0 + 75 / 64.0 + 567 / 512.0 + 4335 / 4096.0) / 4);
    }

    /** With bound -0.2 the largest stake is 1/2 / 0.8 = 0.625: a difference of 0 gains 0.125, 0.0625 ... */
    @Test
    void noDifferenceIsEvidenceOfBeingWithinTheMargin() {
        Evidence one = PairedBets.of(new double[] {0}, -.2);
        assertThat(one.greater()).isCloseTo((1.125 + 1.0625 + 1.03125 + 1.015625) / 4, within(1e-12));
        Evidence many = PairedBets.of(new double[60], -.2);
        assertThat(many.greater()).isGreaterThan(20);
        assertThat(many.confidenceGreater()).isGreaterThan(.95);
        assertThat(many.less()).isEqualTo(1);
    }

    /** Exact arithmetic in another form: the product over all pairs for each stake, every prefix. */
    @Test
    void itAgreesWithExactArithmetic() {
        for (int trial = 0; trial < 50; trial++) {
            double bound = new double[] {-.5, -.05, 0, .25}[trial % 4];
            double[] differences = new double[30];
            for (int i = 0; i < differences.length; i++) {
                differences[i] = CounterRandom.below(CounterRandom.key(trial, "differences"), i, 17) / 8.0 - 1;
            }
            Evidence evidence = PairedBets.of(differences, bound);
            assertThat(evidence.greater()).isCloseTo(exact(differences, bound, 1), within(1e-9 * evidence.greater()));
            assertThat(evidence.less()).isCloseTo(exact(differences, bound, -1), within(1e-9 * evidence.less()));
        }
    }

    private static double exact(double[] differences, double bound, int side) {
        BigDecimal most = BigDecimal.ONE;
        for (int end = 1; end <= differences.length; end++) {
            BigDecimal sum = BigDecimal.ZERO;
            for (int power = 1; power <= 4; power++) {
                BigDecimal stake = BigDecimal.ONE.divide(
                        BigDecimal.valueOf(1L << power)
                                .multiply(BigDecimal.ONE.add(new BigDecimal(bound).multiply(BigDecimal.valueOf(side)))),
                        MathContext.DECIMAL128);
                BigDecimal wealth = BigDecimal.ONE;
                for (int i = 0; i < end; i++) {
                    BigDecimal over = new BigDecimal(differences[i])
                            .subtract(new BigDecimal(bound))
                            .multiply(BigDecimal.valueOf(side));
                    wealth = wealth.multiply(BigDecimal.ONE.add(stake.multiply(over)), MathContext.DECIMAL128);
                }
                sum = sum.add(wealth);
            }
            most = most.max(sum.divide(BigDecimal.valueOf(4), MathContext.DECIMAL128));
        }
        return most.doubleValue();
    }

    /** Of 2000 experiments in which the mean is exactly the bound, at most one in twenty may ever be called better, whenever one looks. */
    @Test
    void whoLooksAfterEveryPairIsWrongNoMoreOftenThanHeSays() {
        int wrong = 0;
        int found = 0;
        int experiments = 2000;
        for (int seed = 0; seed < experiments; seed++) {
            List<Double> atBound = new ArrayList<>();
            List<Double> better = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                double u = CounterRandom.uniform(CounterRandom.key(seed, "null"), i);
                // -1 with .3, 0 with .5, +1 with .2: mean -0.1, the bound
                atBound.add(u < .3 ? -1.0 : u < .8 ? 0.0 : 1.0);
                // -1 with .2, +1 with .3: mean +0.1
                better.add(u < .2 ? -1.0 : u < .7 ? 0.0 : 1.0);
            }
            wrong += PairedBets.of(array(atBound), -.1).greater() >= 20 ? 1 : 0;
            found += PairedBets.of(array(better), -.1).greater() >= 20 ? 1 : 0;
        }
        assertThat(wrong / (double) experiments).isLessThan(.05);
        assertThat(found / (double) experiments).isGreaterThan(.9);
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Test
    void whatIsNoDifferenceIsRefused() {
        assertThatThrownBy(() -> PairedBets.of(new double[] {1.5}, 0))
                .hasMessage("a difference must lie between -1 and 1 but is 1.5");
        assertThatThrownBy(() -> PairedBets.of(new double[] {Double.NaN}, 0))
                .hasMessage("a difference must lie between -1 and 1 but is NaN");
        assertThatThrownBy(() -> PairedBets.of(new double[] {0}, -1))
                .hasMessage("the bound must lie between -1 and 1 but is -1.0");
    }
}
