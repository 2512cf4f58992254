/** Recipes as files: YAML in, {@link dev.tempo.contract.recipe.Recipe} out, errors with file, line and field. */
@NullMarked
package dev.tempo.standalone.recipe;

import org.jspecify.annotations.NullMarked;
