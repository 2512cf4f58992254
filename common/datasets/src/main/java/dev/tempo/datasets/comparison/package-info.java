/** Comparison of questions: when two of them are the same question, whoever published them. */
@NullMarked
package dev.tempo.datasets.comparison;

import org.jspecify.annotations.NullMarked;
