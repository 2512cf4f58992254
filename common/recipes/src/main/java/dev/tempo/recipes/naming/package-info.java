/** What somebody who wrote a name that there is not may have meant. */
@NullMarked
package dev.tempo.recipes.naming;

import org.jspecify.annotations.NullMarked;
