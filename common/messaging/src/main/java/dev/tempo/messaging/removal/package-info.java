/** Records of runs that nobody keeps any more, taken from the topics that all runs share. */
@NullMarked
package dev.tempo.messaging.removal;

import org.jspecify.annotations.NullMarked;
