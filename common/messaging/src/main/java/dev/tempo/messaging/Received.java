package dev.tempo.messaging;

/** A message with its place in its topic. */
public record Received<V>(V message, int partition, long offset) {}
