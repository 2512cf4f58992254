/** Faults of all kinds, struck at runs of the system, and what came of each. */
@NullMarked
package dev.tempo.standalone.chaos;

import org.jspecify.annotations.NullMarked;
