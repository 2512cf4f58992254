/**
 * Recipes as files: the YAML of a file becomes a {@link dev.tempo.contract.recipe.Recipe}, and errors name file, line
 * and field.
 */
@NullMarked
package dev.tempo.recipes;

import org.jspecify.annotations.NullMarked;
