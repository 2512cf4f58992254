/** Commands for runs that serve and learn: finish one that has no end, promote a version by hand, go back to the one before. */
@NullMarked
package dev.tempo.standalone.promotion;

import org.jspecify.annotations.NullMarked;
