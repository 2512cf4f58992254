/** The removal of runs from what all runs of a workspace share. */
@NullMarked
package dev.tempo.standalone.removal;

import org.jspecify.annotations.NullMarked;
