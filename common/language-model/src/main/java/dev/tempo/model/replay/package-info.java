/** Steps that gave a number that is not finite, kept in a file and taken again. */
@NullMarked
package dev.tempo.model.replay;

import org.jspecify.annotations.NullMarked;
