/** Rows of data files that are looked at again and again, in memory that does not grow with the file. */
@NullMarked
package dev.tempo.datasets.kept;

import org.jspecify.annotations.NullMarked;
