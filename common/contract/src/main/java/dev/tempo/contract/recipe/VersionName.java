package dev.tempo.contract.recipe;

import org.jspecify.annotations.Nullable;

/**
 * The name of a policy version wherever people read it: the round that made it, counted from 1 within its stage, and
 * the version's own number, which counts on through the stages ({@code test-time round 10 of 100 (v40)}). Version 0 was
 * made by no round and is called {@code base (v0)}; where a recipe trains nothing it is the only one, {@code model}.
 *
 * @param version from 0
 * @param stage of the round that made it; null for version 0
 * @param round of that stage, from 1; 0 for version 0
 * @param rounds of that stage; 0 for version 0
 * @param isOnly whether the recipe trains nothing, so that there is no other version
 */
public record VersionName(int version, @Nullable String stage, int round, int rounds, boolean isOnly) {
    private static final String BASE = "base";
    private static final String ONLY = "model";

    /**
     * The name of a version of a recipe.
     *
     * @throws IllegalArgumentException if the recipe has no such version
     */
    public static VersionName of(Recipe recipe, int version) {
        if (version < 0 || version > recipe.rounds()) {
            throw new IllegalArgumentException(
                    "recipe " + recipe.name() + " has no version " + version + ", only v0 to v" + recipe.rounds());
        }
        if (version == 0) {
            return new VersionName(0, null, 0, 0, !recipe.trains());
        }
        Stage stage = recipe.stageOf(version - 1);
        return new VersionName(version, stage.name(), version - recipe.firstRoundOf(stage), stage.rounds(), false);
    }

    /**
     * The name without the number: {@code test-time round 10 of 100}, {@code base} or {@code model}; in a stage without an end
     * {@code test-time round 10}.
     */
    public String words() {
        if (stage == null) {
            return isOnly ? ONLY : BASE;
        }
        return stage + " round " + round + (rounds == Stage.UNBOUNDED ? "" : " of " + rounds);
    }

    /** The number as it is written beside names: {@code v40}. */
    public String number() {
        return "v" + version;
    }

    @Override
    public String toString() {
        return isOnly ? ONLY : words() + " (" + number() + ")";
    }
}
