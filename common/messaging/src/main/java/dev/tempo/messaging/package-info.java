/**
 * Messages between services: topics, JSON, delivery guarantees, dead letters. Kafka's own types stay in here.
 *
 * <p>Everything is at least once: an input is given back to the broker as done only after its handler returned, and a
 * handler's outputs are acknowledged before {@link dev.tempo.messaging.Publisher} returns. Messages have identities and
 * their readers drop duplicates.
 */
@NullMarked
package dev.tempo.messaging;

import org.jspecify.annotations.NullMarked;
