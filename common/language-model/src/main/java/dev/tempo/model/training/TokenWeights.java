package dev.tempo.model.training;

import dev.tempo.contract.recipe.Aggregation;

/**
 * The weights with which the losses of single tokens are summed to one number. Sequences without a counted token are left
 * out.
 */
final class TokenWeights {
    private TokenWeights() {}

    /**
     * The weight of one token's loss.
     *
     * @param tokens the counted tokens of the mini-batch
     * @param sequences the sequences with a counted token
     * @param own the counted tokens of the token's own sequence
     */
    static double weight(Aggregation aggregation, long tokens, long sequences, long own) {
        return switch (aggregation) {
            case TOKEN_MEAN -> 1.0 / tokens;
            case SEQ_MEAN_TOKEN_MEAN -> 1.0 / ((double) sequences * own);
            case SEQ_MEAN_TOKEN_SUM -> 1.0 / sequences;
        };
    }
}
