package dev.tempo.contract;

/**
 * The quality of a critic: how well its last value V_n told right answers from wrong ones on evaluation trajectories.
 *
 * @param auc area under the ROC curve, ties one half; 0.5 where one class is absent
 * @param brier mean squared difference between V_n and the verdict (1 right, 0 wrong)
 * @param meanValue mean of V_n
 * @param trajectories how many were compared
 */
public record CriticReport(double auc, double brier, double meanValue, int trajectories) {}
