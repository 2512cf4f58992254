/** Writing that depends on what was read: one writer at a time, of all processes. */
@NullMarked
package dev.tempo.messaging.turn;

import org.jspecify.annotations.NullMarked;
