/** When two questions are the same question. */
@NullMarked
package dev.tempo.datasets.comparison;

import org.jspecify.annotations.NullMarked;
