/** What {@code ./tempo eval} knows of benchmarks, and what it makes of a measurement. */
@NullMarked
package dev.tempo.standalone.evaluation;

import org.jspecify.annotations.NullMarked;
