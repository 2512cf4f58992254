package dev.tempo.policy;

import dev.tempo.contract.PromotionOutcome;

/**
 * What training hears of a record of promotions: what became of a version, and neither a score nor a count.
 *
 * @param run the run that the version is of
 * @param number of the record within its run, from 0
 * @param version that was tried, or that its operator wanted to be promoted
 * @param outcome what became of it
 * @param wished whether its operator wanted it, so that nothing was tried
 */
public record TrialVerdict(String run, int number, int version, PromotionOutcome outcome, boolean wished) {}
