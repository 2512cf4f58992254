package dev.tempo.contract;

import dev.tempo.contract.recipe.Recipe;
import org.jspecify.annotations.Nullable;

/**
 * A run and all that defines it. Paths in the recipe are absolute here.
 *
 * @param directory directory of versions, checkpoints and reports; every service that writes or reads weights sees it
 * @param start where to begin when earlier stages came from the cache; null to begin with the base model
 * @param finishing whether its operator wants it to end, finished, with the round that it is in; null for no
 * @param promotion which version its operator wants promoted without a trial; null for none
 */
public record Run(
        String run,
        RunState state,
        Recipe recipe,
        ModelReference base,
        String directory,
        @Nullable StageStart start,
        @Nullable Boolean finishing,
        @Nullable PromotionWish promotion) {
    /** A run that goes on to the end of its recipe. */
    public Run(
            String run,
            RunState state,
            Recipe recipe,
            ModelReference base,
            String directory,
            @Nullable StageStart start) {
        this(run, state, recipe, base, directory, start, null, null);
    }

    public Run {
        if (!run.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new IllegalArgumentException("run id '" + run + "' may hold letters, digits, '.', '_' and '-' only");
        }
        Check.text("directory", directory);
        if (directory.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("directory is no path: it holds the character 0");
        }
        if (start != null && !recipe.hasVersion(start.version())) {
            throw new IllegalArgumentException(
                    "start.version is " + start.version() + ", but the recipe ends with version " + recipe.rounds());
        }
    }

    /** This run in another state. */
    public Run withState(RunState next) {
        return new Run(run, next, recipe, base, directory, start, finishing, promotion);
    }

    /** This run with another recipe. */
    public Run withRecipe(Recipe other) {
        return new Run(run, state, other, base, directory, start, finishing, promotion);
    }

    /** This run, to end with the round that it is in. */
    public Run thatFinishes() {
        return new Run(run, state, recipe, base, directory, start, true, promotion);
    }

    /** This run, whose recipe ends with a version if that was the last of an unbounded one; otherwise itself. */
    public Run endingWith(PolicyVersion version) {
        boolean ends = version.last() && recipe.unbounded() && version.run().equals(run);
        return ends ? withRecipe(recipe.endingWith(version.version())) : this;
    }

    /** This run, of which a version is to be promoted without a trial. */
    public Run withPromotion(PromotionWish wish) {
        return new Run(run, state, recipe, base, directory, start, finishing, wish);
    }

    /** Whether the run is to end, finished, with the round that it is in. */
    public boolean finishes() {
        return Boolean.TRUE.equals(finishing);
    }

    /** The policy that the run begins with: the base, or that of the cached stage. */
    public ModelReference firstPolicy() {
        return start == null ? base : start.policy();
    }

    /** The weights that the critic begins with: the base's, or those of the cached stage. */
    public ModelReference firstCritic() {
        return start == null ? base : start.critic();
    }

    /** The number of the first policy version: 0, or that of the cached stage. */
    public int firstVersion() {
        return start == null ? 0 : start.version();
    }
}
