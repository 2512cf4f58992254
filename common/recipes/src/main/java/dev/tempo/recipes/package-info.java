/** Recipes as files: YAML in, {@link dev.tempo.contract.recipe.Recipe} out, errors with file, line and field. */
@NullMarked
package dev.tempo.recipes;

import org.jspecify.annotations.NullMarked;
