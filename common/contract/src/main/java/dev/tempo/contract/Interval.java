package dev.tempo.contract;

/** A 95 % percentile bootstrap interval over questions. */
public record Interval(double low, double high) {}
