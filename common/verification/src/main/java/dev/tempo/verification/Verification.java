package dev.tempo.verification;

import dev.tempo.plugin.Outcome;

/**
 * The verdict of a verifier.
 *
 * @param outcome correct, wrong or undecided
 * @param stage which rule decided, such as {@code exact}, {@code modular}, {@code real}, {@code text}
 * @param reason what was compared, in words for a reader
 * @param steps work charged to the step budget; a count, not a time
 */
public record Verification(Outcome outcome, String stage, String reason, long steps) {
    public Verification {
        if (stage.isBlank()) {
            throw new IllegalArgumentException("A verification names the stage that decided, but stage was blank");
        }
        if (steps < 0) {
            throw new IllegalArgumentException("Steps are counted from 0, but were " + steps);
        }
    }

    public boolean correct() {
        return outcome == Outcome.CORRECT;
    }

    static Verification of(boolean correct, String stage, String reason, long steps) {
        return new Verification(correct ? Outcome.CORRECT : Outcome.WRONG, stage, reason, steps);
    }
}
