package dev.tempo.algorithm;

/** Entropy and log-probability of a next-token distribution given by logits, in nats. A blocked token has logit -inf. */
public final class Entropy {
    private Entropy() {}

    /**
     * logsumexp(z) - sum softmax(z) z over the vocabulary.
     *
     * @throws IllegalArgumentException if there are no logits
     */
    public static double of(double[] logits) {
        double normaliser = logSumExp(logits);
        double expectedLogit = 0;
        for (double logit : logits) {
            double probability = Math.exp(logit - normaliser);
            expectedLogit += probability == 0 ? 0 : probability * logit;
        }
        return normaliser - expectedLogit;
    }

    /**
     * log softmax(z) at a token.
     *
     * @throws IllegalArgumentException if the token is not in the vocabulary
     */
    public static double logProbability(double[] logits, int token) {
        if (token < 0 || token >= logits.length) {
            throw new IllegalArgumentException(
                    "token " + token + " is not in a vocabulary of " + logits.length + " tokens");
        }
        return logits[token] - logSumExp(logits);
    }

    private static double logSumExp(double[] logits) {
        if (logits.length == 0) {
            throw new IllegalArgumentException("a distribution needs at least one logit");
        }
        double greatest = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            greatest = Math.max(greatest, logit);
        }
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit - greatest);
        }
        return greatest + Math.log(sum);
    }
}
