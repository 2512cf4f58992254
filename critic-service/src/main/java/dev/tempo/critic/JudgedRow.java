package dev.tempo.critic;

import dev.tempo.contract.JudgedTrajectory;

/** A judged trajectory and where its topic holds it. */
record JudgedRow(JudgedTrajectory judged, int partition, long offset) {}
