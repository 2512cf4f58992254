package dev.tempo.policy;

import dev.tempo.contract.PromotionOutcome;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What became of one run's versions in their trials. A record counts once all of lower numbers are here, so that what is made of them depends
 * on the log and not on the order in which it is read. An operator's wishes are left out: a hand's word is no function of the recipe. One
 * thread owns it.
 */
final class RunVerdicts {
    private final TreeMap<Integer, TrialVerdict> waiting = new TreeMap<>();
    private final TreeMap<Integer, PromotionOutcome> trials = new TreeMap<>();
    private int next;

    /** Takes a record, whether it was here before or not: a number has one content. */
    void on(TrialVerdict verdict) {
        if (verdict.number() >= next) {
            waiting.put(verdict.number(), verdict);
        }
        for (TrialVerdict whole = waiting.remove(next); whole != null; whole = waiting.remove(next)) {
            next++;
            if (!whole.wished()) {
                trials.putIfAbsent(whole.version(), whole.outcome());
            }
        }
    }

    /** What became of a version in its trial; empty while that is not known. */
    Optional<PromotionOutcome> of(int version) {
        return Optional.ofNullable(trials.get(version));
    }

    /**
     * The version that training goes back to after the trial of another; empty where it goes on. Versions that were found worse are counted
     * from the last one that was promoted, or that training went back after; one that is undecided is no failure, and ends no row of them.
     *
     * @param version whose trial is over
     * @param first with which the run began, promoted as it is
     * @param failures after so many training goes back
     */
    Optional<Integer> back(int version, int first, int failures) {
        int promoted = first;
        int failed = 0;
        boolean back = false;
        for (Map.Entry<Integer, PromotionOutcome> trial :
                trials.headMap(version, true).entrySet()) {
            failed = back ? 0 : failed;
            if (trial.getValue() == PromotionOutcome.PROMOTED) {
                promoted = trial.getKey();
                failed = 0;
            } else if (trial.getValue() == PromotionOutcome.WORSE) {
                failed++;
            }
            back = trial.getValue() == PromotionOutcome.WORSE && failed == failures;
        }
        return back && trials.containsKey(version) ? Optional.of(promoted) : Optional.empty();
    }
}
