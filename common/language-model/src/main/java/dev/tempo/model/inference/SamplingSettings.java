package dev.tempo.model.inference;

import dev.tempo.contract.recipe.Generation;
import java.util.Objects;

/**
 * Settings by which tokens are drawn from the softmax of logits / temperature: top-k keeps the k most probable tokens; then
 * top-p, of what is left and renormalised, the fewest most probable ones whose probabilities sum to at least p; then min-p
 * those at least p times as probable as the most probable one. A token as probable as the last one kept is kept too.
 *
 * @param temperature the divisor of logits; at 0 the most probable token is always taken
 * @param maxNewTokens the number of response tokens, the environment's included, at which a response is cut off
 * @param topK the number of tokens that top-k keeps; 0 for all
 * @param topP the probability that top-p keeps; 1 for all
 * @param minP the share of the highest probability that min-p asks for; 0 for all
 */
public record SamplingSettings(double temperature, int maxNewTokens, int topK, double topP, double minP) {
    public SamplingSettings {
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature must be a number of at least 0, but is " + temperature);
        }
        if (maxNewTokens < 1) {
            throw new IllegalArgumentException("maxNewTokens must be at least 1, but is " + maxNewTokens);
        }
        if (topK < 0) {
            throw new IllegalArgumentException("topK must be at least 0, but is " + topK);
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("topP must be above 0 and at most 1, but is " + topP);
        }
        if (!(minP >= 0 && minP <= 1)) {
            throw new IllegalArgumentException("minP must be between 0 and 1, but is " + minP);
        }
    }

    /** Settings that draw from all tokens at a temperature. */
    public SamplingSettings(double temperature, int maxNewTokens) {
        this(temperature, maxNewTokens, 0, 1, 0);
    }

    /** The settings of a recipe. */
    public static SamplingSettings of(Generation recipe) {
        return new SamplingSettings(
                recipe.temperature(),
                recipe.maxNewTokens(),
                Objects.requireNonNullElse(recipe.topK(), 0),
                Objects.requireNonNullElse(recipe.topP(), 1.0),
                Objects.requireNonNullElse(recipe.minP(), 0.0));
    }

    /** Whether top-k, top-p or min-p may exclude tokens. */
    boolean truncates() {
        return topK > 0 || topP < 1 || minP > 0;
    }
}
