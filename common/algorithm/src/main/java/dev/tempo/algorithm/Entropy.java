package dev.tempo.algorithm;

import java.util.Collection;

/**
 * The entropy and log-probabilities, in nats, of a next-token distribution given by logits. A token that cannot be drawn has
 * the logit -inf.
 */
public final class Entropy {
    private Entropy() {}

    /**
     * The entropy in nats: logsumexp(z) - sum softmax(z) z over the vocabulary.
     *
     * @param logits z, one per vocabulary entry
     * @throws IllegalArgumentException if no token can be drawn
     */
    public static double of(double[] logits) {
        double greatest = greatest(logits);
        double normaliser = logSumAbove(greatest, logits);
        double expected = 0;
        for (double logit : logits) {
            double probability = Math.exp(logit - greatest - normaliser);
            expected += probability == 0 ? 0 : probability * (logit - greatest);
        }
        return normaliser - expected;
    }

    /**
     * The log-probability of a token in nats: log softmax(z).
     *
     * @param logits z, one per vocabulary entry
     * @param token its id
     * @throws IllegalArgumentException if the token is not in the vocabulary, or no token can be drawn
     */
    public static double logProbability(double[] logits, int token) {
        if (token < 0 || token >= logits.length) {
            throw new IllegalArgumentException(
                    "token " + token + " is not in a vocabulary of " + logits.length + " tokens");
        }
        double greatest = greatest(logits);
        return logits[token] - greatest - logSumAbove(greatest, logits);
    }

    /**
     * The entropy in nats of how often each of several answers was given: -sum p log p; 0 where all are the same or there is none.
     *
     * @param counts one per different answer
     */
    public static double ofCounts(Collection<Integer> counts) {
        double all = counts.stream().mapToInt(Integer::intValue).sum();
        double entropy = 0;
        for (int count : counts) {
            entropy -= count == 0 ? 0 : count / all * Math.log(count / all);
        }
        return entropy;
    }

    private static double greatest(double[] logits) {
        double greatest = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            greatest = Math.max(greatest, logit);
        }
        if (greatest == Double.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException("all of the " + logits.length + " tokens are blocked");
        }
        return greatest;
    }

    private static double logSumAbove(double greatest, double[] logits) {
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit - greatest);
        }
        return Math.log(sum);
    }
}
