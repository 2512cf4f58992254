package dev.tempo.contract.recipe;

import dev.tempo.contract.Check;
import org.jspecify.annotations.Nullable;

/**
 * The settings that the training of policy and critic share: which weights are trained, and how much a step computes at
 * once.
 *
 * @param lora null to train all weights
 * @param microBatchTokens tokens, padding included, that a step takes at once; a larger mini-batch is taken in parts
 *     whose gradients add up to its own. 0 takes every mini-batch at once
 */
public record Training(@Nullable LowRank lora, int microBatchTokens, Arithmetic arithmetic) {
    public Training {
        Check.notNegative("microBatchTokens", microBatchTokens);
    }
}
