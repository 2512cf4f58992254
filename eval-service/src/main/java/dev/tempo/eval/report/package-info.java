/** What a run leaves behind: metrics as JSON lines, summary.json, report.md with curves, and comparisons of runs. */
@NullMarked
package dev.tempo.eval.report;

import org.jspecify.annotations.NullMarked;
