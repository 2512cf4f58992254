package dev.tempo.messaging;

import java.time.Instant;

/**
 * A message with its place in its topic.
 *
 * @param written when, by the clock of who wrote it
 */
public record Received<V>(V message, int partition, long offset, Instant written) {}
