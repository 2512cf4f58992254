package dev.tempo.contract;

import dev.tempo.contract.recipe.Generation;

/**
 * One question with its n samples: the unit of work that rollout workers share.
 *
 * @param seed of the run; with the id it fixes every random number of the answer
 * @param prompt the question; {@code generation} says what text the model gets of it
 * @param samples how many trajectories to generate
 */
public record RolloutRequest(
        RequestId id, long seed, ModelReference policy, String prompt, int samples, Generation generation) {
    public RolloutRequest {
        Check.text("prompt", prompt);
        Check.positive("samples", samples);
    }
}
