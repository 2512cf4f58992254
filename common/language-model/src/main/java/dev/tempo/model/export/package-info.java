/** Files for other programs: the scripts for any PyTorch, with what they give here. */
@NullMarked
package dev.tempo.model.export;

import org.jspecify.annotations.NullMarked;
