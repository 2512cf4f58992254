/** Where the policy's training meets the broker: what it listens to and what it publishes, questions that come by HTTP among it. */
@NullMarked
package dev.tempo.policy.kafka;

import org.jspecify.annotations.NullMarked;
