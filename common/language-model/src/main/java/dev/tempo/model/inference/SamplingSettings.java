package dev.tempo.model.inference;

import dev.tempo.contract.recipe.Generation;
import java.util.Objects;

/**
 * How tokens are drawn: from the softmax of logits / temperature, of which top-k leaves the k most probable tokens, then
 * top-p (renormalised) the fewest most probable ones whose probabilities sum to at least p, then min-p those at least p
 * times as probable as the most probable one. Tokens as probable as the last one kept are kept too.
 *
 * @param temperature what logits are divided by; 0 takes the most probable token always
 * @param maxNewTokens where a response is cut off, environment tokens counted
 * @param topK 0 for all
 * @param topP 1 for all
 * @param minP 0 for all
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

    /** All tokens, by their probability at a temperature. */
    public SamplingSettings(double temperature, int maxNewTokens) {
        this(temperature, maxNewTokens, 0, 1, 0);
    }

    /** As a recipe says it. */
    public static SamplingSettings of(Generation recipe) {
        return new SamplingSettings(
                recipe.temperature(),
                recipe.maxNewTokens(),
                Objects.requireNonNullElse(recipe.topK(), 0),
                Objects.requireNonNullElse(recipe.topP(), 1.0),
                Objects.requireNonNullElse(recipe.minP(), 0.0));
    }

    /** Whether some tokens are left out. */
    boolean truncates() {
        return topK > 0 || topP < 1 || minP > 0;
    }
}
