/** The recipe: everything that defines an experiment. It travels once, inside {@link dev.tempo.contract.Run}. */
@NullMarked
package dev.tempo.contract.recipe;

import org.jspecify.annotations.NullMarked;
