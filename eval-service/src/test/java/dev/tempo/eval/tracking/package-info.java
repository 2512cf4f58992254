@NullMarked
package dev.tempo.eval.tracking;

import org.jspecify.annotations.NullMarked;
