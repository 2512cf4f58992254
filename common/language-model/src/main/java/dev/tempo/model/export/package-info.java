/** Models as files for other programs: weights in another type, and the scripts with example results for any PyTorch. */
@NullMarked
package dev.tempo.model.export;

import org.jspecify.annotations.NullMarked;
