package dev.tempo.algorithm;

/**
 * The mean log-probability of the tokens that a policy wrote in a response: (1/n) sum log pi(y_t | x, y_<t) in nats.
 *
 * <p>As a reward it is EM-RL-sequence (arXiv 2505.15134): section 3.2 and Eq. 3 of the paper have the sum, its released code,
 * which made the numbers, the mean ({@code EMRLSequenceRewardManager.__call__} of
 * EM-RL/verl/verl/workers/reward_manager/emrl_sequence_manager.py, read in chotkrin/EM_PT at 8428ba9); this is the mean. With
 * the opposite sign it estimates the policy's entropy in the response: a token drawn from a distribution has, on average,
 * minus the log-probability that is the distribution's entropy.
 *
 * <p>Departures: tokens of an environment are left out, since the policy did not choose them. The paper subtracts the mean of
 * the other responses to a question (RLOO) and penalises the divergence from the first model with weight 0.001; here a recipe
 * says what is subtracted, and there is no penalty.
 */
public final class MeanLogProbability {
    private MeanLogProbability() {}

    /**
     * The mean over the tokens that the policy wrote; 0 if there are none.
     *
     * @param logProbs one per token of the response
     * @param environment true where an environment wrote the token
     */
    public static double of(float[] logProbs, boolean[] environment) {
        Shapes.requireLength("environment", environment.length, logProbs.length);
        double sum = 0;
        int tokens = 0;
        for (int t = 0; t < logProbs.length; t++) {
            if (!environment[t]) {
                sum += logProbs[t];
                tokens++;
            }
        }
        return tokens == 0 ? 0 : sum / tokens;
    }
}
