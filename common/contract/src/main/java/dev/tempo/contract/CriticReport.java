package dev.tempo.contract;

/**
 * How well the critic's last value told right from wrong on evaluation trajectories.
 *
 * @param auc area under the ROC curve, ties one half; 0.5 where one class is absent
 * @param brier mean squared error of V_n against the verdict
 */
public record CriticReport(double auc, double brier, double meanValue, int trajectories) {}
