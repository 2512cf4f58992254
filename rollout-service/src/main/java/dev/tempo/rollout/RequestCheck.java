package dev.tempo.rollout;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.StageStart;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.runs.AskedTrajectories;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
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
        if (!isOf(run, request.policy())) {
            return Optional.of("its policy " + request.policy().uri() + " is neither what run " + run.run()
                    + " begins with nor in its directory");
        }
        return Optional.empty();
    }

    private static boolean isOf(Run run, ModelReference policy) {
        StageStart start = run.start();
        return policy.equals(run.base())
                || (start != null && policy.equals(start.policy()))
                || isWithin(Path.of(run.directory()), policy.uri());
    }

    private static boolean isWithin(Path directory, String uri) {
        try {
            return Path.of(URI.create(uri))
                    .normalize()
                    .startsWith(directory.toAbsolutePath().normalize());
        } catch (IllegalArgumentException | FileSystemNotFoundException noPath) {
            return false;
        }
    }
}
