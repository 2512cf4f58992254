/** What a run of a model takes of a machine, and what the machine promises: memory, and the same bits again. */
@NullMarked
package dev.tempo.model.planning;

import org.jspecify.annotations.NullMarked;
