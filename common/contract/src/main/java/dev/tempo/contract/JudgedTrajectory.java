package dev.tempo.contract;

import dev.tempo.plugin.Verdict;

/** A trajectory with its verdict. */
public record JudgedTrajectory(Trajectory trajectory, Verdict verdict) {}
