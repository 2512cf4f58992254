/** The recipe: everything that defines an experiment. It travels once, inside {@link dev.tempo.contract.RunSubmitted}. */
@NullMarked
package dev.tempo.contract.recipe;

import org.jspecify.annotations.NullMarked;
