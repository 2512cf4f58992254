package dev.tempo.algorithm;

/**
 * A sequential test on paired differences in [-1, 1]: is their mean greater than a bound, or less? It bets on each difference before it is
 * seen. Under the hypothesis that the mean is on the other side of the bound no bet gains on average, so the wealth of a gambler who began
 * with 1 is a supermartingale, and the probability that it ever comes to w is at most 1/w (Ville 1939), however often and whenever somebody
 * looks, and whatever the distribution of the differences. The wealth here is the mean of {@value #BETS} gamblers' who stake fixed shares
 * of what they may (Waudby-Smith and Ramdas, Estimating means of bounded random variables by betting, Journal of the Royal Statistical
 * Society B 86, 2024, section 4).
 */
public final class PairedBets {
    private static final int BETS = 4;

    private PairedBets() {}

    /**
     * The evidence after some pairs.
     *
     * @param pairs how many
     * @param mean of the differences
     * @param greater the most wealth, so far, of who bets that the mean is greater than the bound
     * @param less the most wealth, so far, of who bets that it is less
     */
    public record Evidence(int pairs, double mean, double greater, double less) {
        /** How sure it is that the mean is greater than the bound: 1 less the probability that such evidence ever comes if it is not. */
        public double confidenceGreater() {
            return 1 - 1 / greater;
        }

        /** How sure it is that the mean is less than the bound. */
        public double confidenceLess() {
            return 1 - 1 / less;
        }
    }

    /**
     * The evidence that differences are.
     *
     * @param differences in [-1, 1], in the order in which they were seen; that order must not depend on them
     * @param bound in (-1, 1)
     */
    public static Evidence of(double[] differences, double bound) {
        if (!(bound > -1 && bound < 1)) {
            throw new IllegalArgumentException("the bound must lie between -1 and 1 but is " + bound);
        }
        double[] greater = {1, 1, 1, 1};
        double[] less = {1, 1, 1, 1};
        double mostGreater = 1;
        double mostLess = 1;
        double sum = 0;
        for (double difference : differences) {
            if (!(difference >= -1 && difference <= 1)) {
                throw new IllegalArgumentException("a difference must lie between -1 and 1 but is " + difference);
            }
            double over = difference - bound;
            // no loss is greater than 1 + bound, or 1 - bound on the other side: the largest stake may lose half of the
            // wealth
            double share = 1;
            for (int bet = 0; bet < BETS; bet++) {
                share /= 2;
                greater[bet] *= 1 + share / (1 + bound) * over;
                less[bet] *= 1 - share / (1 - bound) * over;
            }
            mostGreater = Math.max(mostGreater, mean(greater));
            mostLess = Math.max(mostLess, mean(less));
            sum += difference;
        }
        return new Evidence(
                differences.length, differences.length == 0 ? 0 : sum / differences.length, mostGreater, mostLess);
    }

    private static double mean(double[] wealth) {
        double sum = 0;
        for (double ofOne : wealth) {
            sum += ofOne;
        }
        return sum / BETS;
    }
}
