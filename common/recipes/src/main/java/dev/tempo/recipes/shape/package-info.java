/** What a field of a recipe may hold: how a value is read, written and described; a section is made of such fields. */
@NullMarked
package dev.tempo.recipes.shape;

import org.jspecify.annotations.NullMarked;
