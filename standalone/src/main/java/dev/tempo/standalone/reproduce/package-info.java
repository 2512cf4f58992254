/** {@code ./tempo reproduce}: many runs, one after the other, and what they say of the paper's claims. */
@NullMarked
package dev.tempo.standalone.reproduce;

import org.jspecify.annotations.NullMarked;
