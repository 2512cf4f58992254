/** Readers of the data files that recipes name: questions, benchmark questions and rehearsal traces, one JSON object a line. */
@NullMarked
package dev.tempo.datasets;

import org.jspecify.annotations.NullMarked;
