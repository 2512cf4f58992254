package dev.tempo.contract;

/** A score, as a fraction from 0 to 1, with its confidence interval. */
public record Score(double value, Interval interval) {}
