/** Lists and maps whose values are looked at again and again, in memory that does not grow with them. */
@NullMarked
package dev.tempo.kept;

import org.jspecify.annotations.NullMarked;
