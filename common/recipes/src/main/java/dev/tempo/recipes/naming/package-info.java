/** Suggestions for misspelt names, in recipes and on the command line. */
@NullMarked
package dev.tempo.recipes.naming;

import org.jspecify.annotations.NullMarked;
