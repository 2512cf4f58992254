package dev.tempo.contract;

/** A trajectory with its verdict. */
public record JudgedTrajectory(Trajectory trajectory, Verdict verdict) {}
