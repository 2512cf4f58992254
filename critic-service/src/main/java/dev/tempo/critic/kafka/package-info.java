/** What the critic listens to and what happens to its messages; the only package here that knows of topics being read. */
@NullMarked
package dev.tempo.critic.kafka;

import org.jspecify.annotations.NullMarked;
