/** The topics that the service reads and writes; nothing is decided here. */
@NullMarked
package dev.tempo.rollout.kafka;

import org.jspecify.annotations.NullMarked;
