package dev.tempo.contract;

import dev.tempo.contract.recipe.Generation;
import dev.tempo.contract.recipe.Recipe;
import java.util.Objects;

/**
 * A request for n answers to one question: the unit of work that rollout workers share.
 *
 * @param seed of the run; with the id it fixes every random number of the answer
 * @param domain of the question; it routes the answers to a chain of judges
 * @param questionText the question in words; {@code generation} says what text the model gets of it
 * @param samples how many trajectories to generate
 */
public record RolloutRequest(
        RequestId id,
        long seed,
        ModelReference policy,
        String domain,
        String questionText,
        int samples,
        Generation generation) {
    public RolloutRequest {
        domain = Objects.requireNonNullElse(domain, Recipe.DEFAULT_DOMAIN);
        Check.text("domain", domain);
        Check.question("questionText", questionText);
        Check.samples("samples", samples);
    }
}
