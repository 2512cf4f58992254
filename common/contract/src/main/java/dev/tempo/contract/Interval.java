package dev.tempo.contract;

/** A 95 % confidence interval of a score, by the percentile bootstrap over questions. */
public record Interval(double low, double high) {}
