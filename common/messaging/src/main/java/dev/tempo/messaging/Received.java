package dev.tempo.messaging;

/** A message and where it stands in its topic. */
public record Received<V>(V message, int partition, long offset) {}
