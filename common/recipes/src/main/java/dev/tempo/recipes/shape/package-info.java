/**
 * Shapes: what a field of a recipe may hold, and how a value is read, written and described. A section is made of such
 * fields.
 */
@NullMarked
package dev.tempo.recipes.shape;

import org.jspecify.annotations.NullMarked;
