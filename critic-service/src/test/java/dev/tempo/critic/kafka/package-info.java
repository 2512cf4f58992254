@NullMarked
package dev.tempo.critic.kafka;

import org.jspecify.annotations.NullMarked;
