package dev.tempo.contract;

/** A fraction with its interval. */
public record Score(double value, Interval interval) {}
