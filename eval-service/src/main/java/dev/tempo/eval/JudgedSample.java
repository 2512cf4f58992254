package dev.tempo.eval;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The part of a judged trajectory that an evaluation keeps.
 *
 * @param answer null where none could be extracted
 * @param claimsCorrect whether the response says that it is right
 * @param failure why there was nothing to judge; null where there was something
 */
record JudgedSample(
        Outcome outcome,
        @Nullable String answer,
        boolean claimsCorrect,
        @Nullable String failure) {

    static JudgedSample of(JudgedTrajectory judged) {
        Verdict verdict = judged.verdict();
        return new JudgedSample(
                verdict.outcome(),
                verdict.answer(),
                Boolean.TRUE.equals(verdict.claimsCorrect()),
                judged.trajectory().failure());
    }

    boolean failed() {
        return failure != null;
    }

    boolean decided() {
        return outcome != Outcome.UNDECIDED;
    }

    boolean correct() {
        return outcome == Outcome.CORRECT;
    }
}
