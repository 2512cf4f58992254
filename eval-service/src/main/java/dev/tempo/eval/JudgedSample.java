package dev.tempo.eval;

import com.google.re2j.Pattern;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.StopReason;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The part of a judged trajectory that an evaluation keeps.
 *
 * @param answer null where none could be extracted
 * @param claimsCorrect whether the response says that it is right; null where the judge does not say
 * @param failure why there was nothing to judge; null where there was something
 * @param tokens of the response
 * @param truncated whether it ended at the limit of its length
 * @param inFormat whether the response has the form that the recipe names; false where it names none
 */
record JudgedSample(
        Outcome outcome,
        @Nullable String answer,
        @Nullable Boolean claimsCorrect,
        @Nullable String failure,
        int tokens,
        boolean truncated,
        boolean inFormat) {

    static JudgedSample of(JudgedTrajectory judged, @Nullable Pattern format) {
        Verdict verdict = judged.verdict();
        return new JudgedSample(
                verdict.outcome(),
                verdict.answer(),
                verdict.claimsCorrect(),
                judged.trajectory().failure(),
                judged.trajectory().responseTokens().length(),
                judged.trajectory().stopReason() == StopReason.LENGTH,
                format != null && format.matches(judged.trajectory().response()));
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
