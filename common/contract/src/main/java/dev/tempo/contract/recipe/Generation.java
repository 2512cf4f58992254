package dev.tempo.contract.recipe;

import dev.tempo.contract.Check;
import org.jspecify.annotations.Nullable;

/**
 * How rollouts are sampled.
 *
 * @param temperature of the sampling distribution
 * @param maxNewTokens limit of a response
 * @param environment name of the environment that may write tokens; null for none
 */
public record Generation(
        double temperature, int maxNewTokens, @Nullable String environment) {
    public Generation {
        Check.positive("generation.temperature", temperature);
        Check.positive("generation.maxNewTokens", maxNewTokens);
    }
}
