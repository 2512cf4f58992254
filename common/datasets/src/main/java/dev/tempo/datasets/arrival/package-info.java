/** Questions that arrive while the system runs: how many of them are kept in memory, and which. */
@NullMarked
package dev.tempo.datasets.arrival;

import org.jspecify.annotations.NullMarked;
