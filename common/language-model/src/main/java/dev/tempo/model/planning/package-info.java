/** Plans for a machine: the memory that a run of a model needs there, and whether the machine computes the same bits again. */
@NullMarked
package dev.tempo.model.planning;

import org.jspecify.annotations.NullMarked;
