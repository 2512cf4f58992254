package dev.tempo.rollout;

import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.runs.AskedTrajectories;
import java.util.Optional;

/** The comparison of a request with the recipe of its run: what that does not ask for, none of its services has written. */
final class RequestCheck {
    private RequestCheck() {}

    /** The reason why nobody can have asked for this; empty where the recipe does. */
    static Optional<String> refusal(RolloutRequest request, Run run) {
        Recipe recipe = run.recipe();
        RequestId id = request.id();
        if (id.round() > recipe.rounds()) {
            return Optional.of(
                    "round " + id.round() + " is not one of the " + recipe.rounds() + " of run " + run.run());
        }
        int samples = AskedTrajectories.samples(recipe, id);
        if (samples == 0) {
            return Optional.of("the recipe of run " + run.run() + " asks for no "
                    + id.purpose().word() + " trajectories in round " + id.round());
        }
        if (request.samples() != samples) {
            return Optional.of("it asks for " + request.samples() + " samples, but the recipe of run " + run.run()
                    + " for " + samples);
        }
        if (request.seed() != recipe.seed() || !request.generation().equals(recipe.generation())) {
            return Optional.of("its seed or its generation settings are not those of run " + run.run());
        }
        return Optional.empty();
    }
}
