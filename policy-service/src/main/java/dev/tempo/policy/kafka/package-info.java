/** Where the policy's training meets the broker: what it listens to and what it publishes. */
@NullMarked
package dev.tempo.policy.kafka;

import org.jspecify.annotations.NullMarked;
