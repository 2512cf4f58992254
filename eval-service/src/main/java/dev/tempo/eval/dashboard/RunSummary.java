package dev.tempo.eval.dashboard;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.VersionName;
import org.jspecify.annotations.Nullable;

/**
 * A run in the list of runs.
 *
 * @param stage the present one
 * @param version the latest policy version
 * @param name what people are told that it is called, with its number
 * @param rounds of the whole run: its last version
 * @param wallSeconds since the run began, when the latest version was published
 */
record RunSummary(
        String run,
        String recipe,
        long seed,
        RunState state,
        String stage,
        int version,
        String name,
        int rounds,
        double wallSeconds) {

    static RunSummary of(Run submitted, @Nullable PolicyVersion latest) {
        Recipe recipe = submitted.recipe();
        int version = latest == null ? submitted.firstVersion() : latest.version();
        return new RunSummary(
                submitted.run(),
                recipe.name(),
                recipe.seed(),
                submitted.state(),
                recipe.stageNameOf(version),
                version,
                VersionName.of(recipe, version).toString(),
                recipe.unbounded() ? version : recipe.rounds(),
                latest == null ? 0 : latest.wallSeconds());
    }
}
