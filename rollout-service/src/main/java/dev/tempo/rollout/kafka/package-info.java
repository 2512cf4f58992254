/** Which topics the service reads and writes; decides nothing. */
@NullMarked
package dev.tempo.rollout.kafka;

import org.jspecify.annotations.NullMarked;
