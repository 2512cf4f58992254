/**
 * YAML as recipes are written in it: values, each with the place where it stands, and errors that name file, line and
 * field.
 */
@NullMarked
package dev.tempo.recipes.yaml;

import org.jspecify.annotations.NullMarked;
