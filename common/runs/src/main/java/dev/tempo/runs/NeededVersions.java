package dev.tempo.runs;

import dev.tempo.contract.recipe.Recipe;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;

/** The versions of a trainer that somebody may still read. */
public final class NeededVersions {
    /** How many of the newest are needed, and of the newest that may be tried. */
    public static final int NEWEST = 3;

    /** Measured versions that are kept of a run without an end, whose measurement may not be over. */
    private static final int MEASURED = 10;

    private NeededVersions() {}

    /** The numbers of the needed ones among those that are written, as {@link TrainerFiles#prune} says which they are. */
    static Set<Integer> of(Recipe recipe, int newest, NavigableMap<Integer, Path> versions) {
        Set<Integer> needed = new HashSet<>();
        int measured = 0;
        int tried = 0;
        for (int version = newest; version >= 0; version--) {
            measured += recipe.evaluates(version) ? 1 : 0;
            tried += recipe.tries(version) ? 1 : 0;
            boolean mayBeMeasured = recipe.evaluates(version) && !(recipe.unbounded() && measured > MEASURED);
            boolean mayBeTried = recipe.tries(version) && tried <= NEWEST;
            if (version > newest - NEWEST || mayBeMeasured || mayBeTried) {
                Map.Entry<Integer, Path> files = versions.floorEntry(version);
                if (files != null) {
                    needed.add(files.getKey());
                }
            }
        }
        return needed;
    }

    /** The number of a trainer's versions that are needed at one time, at most. */
    public static int atMost(Recipe recipe) {
        int tried = recipe.promotion() == null ? 0 : NEWEST;
        if (recipe.unbounded()) {
            return MEASURED + NEWEST + tried;
        }
        int measured = 0;
        for (int version = 0; version <= recipe.rounds(); version++) {
            measured += recipe.evaluates(version) ? 1 : 0;
        }
        // the last version is among both
        return Math.min(recipe.rounds() + 1, measured + NEWEST - 1 + tried);
    }
}
