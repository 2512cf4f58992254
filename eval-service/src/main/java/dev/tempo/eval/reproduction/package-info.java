/** The paper's claims, computed from the summaries of many runs: figures, tables, tests and what is reproduced. */
@NullMarked
package dev.tempo.eval.reproduction;

import org.jspecify.annotations.NullMarked;
