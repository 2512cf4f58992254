package dev.tempo.model.training;

import dev.tempo.contract.recipe.Arithmetic;
import dev.tempo.contract.recipe.LowRank;
import dev.tempo.contract.recipe.Training;
import org.jspecify.annotations.Nullable;

/**
 * The method by which a trainer changes weights: all of them or a LoRA adapter, at once or in parts, in which type.
 *
 * @param lora the adapter that is trained in place of the weights themselves; null to train all of them
 * @param microBatchTokens the tokens, padding included, that a step computes with at once. A mini-batch of more is computed
 *     in parts whose gradients are added up, and only one layer at a time keeps what its backward pass needs. A longer
 *     sequence is a part of its own. 0 for no limit
 * @param bfloat16 whether matrix products and the residual stream are in bfloat16; norms, softmax, losses, gradients,
 *     optimizer and the trained weights stay in float32. Meant for devices with fast bfloat16, which CPUs do not have
 */
public record TrainingMethod(@Nullable LowRank lora, int microBatchTokens, boolean bfloat16) {
    private static final TrainingMethod PLAIN = new TrainingMethod(null, 0, false);

    public TrainingMethod {
        if (microBatchTokens < 0) {
            throw new IllegalArgumentException("microBatchTokens must be at least 0, but is " + microBatchTokens);
        }
    }

    /** The method that trains all weights in float32, a mini-batch at once: the fastest where it fits into memory. */
    public static TrainingMethod plain() {
        return PLAIN;
    }

    /** The method that a recipe asks for; {@link #plain} if it asks for none. */
    public static TrainingMethod of(@Nullable Training training) {
        if (training == null) {
            return PLAIN;
        }
        return new TrainingMethod(
                training.lora(), training.microBatchTokens(), training.arithmetic() == Arithmetic.BFLOAT16);
    }

    /** Whether a step computes a mini-batch at once, in float32, and keeps what the backward pass needs of all layers. */
    public boolean isAtOnce() {
        return microBatchTokens == 0 && !bfloat16;
    }
}
