/** The paper's arithmetic on plain arrays: scalar, obvious and slow, the executable specification of the tensor code. */
@NullMarked
package dev.tempo.algorithm;

import org.jspecify.annotations.NullMarked;
