package dev.tempo.model.training;

import dev.tempo.contract.recipe.Arithmetic;
import dev.tempo.contract.recipe.LowRank;
import dev.tempo.contract.recipe.Training;
import dev.tempo.model.directory.LoraSettings;
import org.jspecify.annotations.Nullable;

/**
 * Which weights a trainer changes, and how much memory a step may take.
 *
 * @param lora what is trained in place of the weights themselves; null to train all of them
 * @param microBatchTokens how many tokens, padding included, a step computes with at once; a mini-batch of more is taken
 *     in parts, whose gradients add up to its own, and of the layers only one keeps what its backward pass needs. A
 *     sequence that is longer is a part of its own. 0 for no limit
 * @param bfloat16 whether matrix products and the residual stream are bfloat16; norms, softmax, losses, gradients,
 *     optimizer and the weights that are trained stay float32. For devices with fast bfloat16: a CPU has none
 */
public record TrainingMethod(@Nullable LoraSettings lora, int microBatchTokens, boolean bfloat16) {
    private static final TrainingMethod PLAIN = new TrainingMethod(null, 0, false);

    public TrainingMethod {
        if (microBatchTokens < 0) {
            throw new IllegalArgumentException("microBatchTokens must be at least 0, but is " + microBatchTokens);
        }
    }

    /** All weights, in float32, a mini-batch at once: the fastest where it fits. */
    public static TrainingMethod plain() {
        return PLAIN;
    }

    /** What a recipe asks for. */
    public static TrainingMethod of(@Nullable Training training) {
        if (training == null) {
            return PLAIN;
        }
        LowRank lora = training.lora();
        return new TrainingMethod(
                lora == null ? null : new LoraSettings(lora.rank(), lora.alpha(), lora.targets()),
                training.microBatchTokens(),
                training.arithmetic() == Arithmetic.BFLOAT16);
    }

    public boolean isPlain() {
        return equals(PLAIN);
    }
}
