/** What a data file is, told by its first bytes and its structure, in words that say what to do. */
@NullMarked
package dev.tempo.datasets.file;

import org.jspecify.annotations.NullMarked;
