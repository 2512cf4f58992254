package dev.tempo.plugin;

import org.jspecify.annotations.Nullable;

/**
 * A judge's word on one trajectory.
 *
 * @param outcome what it found; a vote calls the majority's answer CORRECT
 * @param reward in [0, 1]: 1 or 0 of a verdict, or a vote's share; null when undecided
 * @param answer the answer that was extracted from the response, null when there is none (malformed)
 * @param claimsCorrect whether the response itself claims to be right, null where the task has no such claim
 * @param judge who decided, with its version
 * @param stage the step of the judge's chain that decided
 * @param reason in words, for people
 * @param rawReply what a judge model literally said, null for rules
 * @param latencyMillis time the judge took
 */
public record Verdict(
        Outcome outcome,
        @Nullable Double reward,
        @Nullable String answer,
        @Nullable Boolean claimsCorrect,
        String judge,
        String version,
        String stage,
        String reason,
        @Nullable String rawReply,
        double latencyMillis) {

    public Verdict {
        if (judge.isBlank()) {
            throw new IllegalArgumentException("judge is empty");
        }
        if ((outcome == Outcome.UNDECIDED) != (reward == null)) {
            throw new IllegalArgumentException("an undecided verdict has no reward and every other one has; here "
                    + outcome.name() + " with " + reward);
        }
        if (reward != null && !(reward >= 0 && reward <= 1)) {
            throw new IllegalArgumentException("reward must lie in [0, 1] but is " + reward);
        }
    }

    /** The word of somebody who could not tell: no reward, so no gradient, and never counted as wrong. */
    public static Verdict undecided(String judge, String version, String stage, String reason) {
        return new Verdict(Outcome.UNDECIDED, null, null, null, judge, version, stage, reason, null, 0);
    }

    /** The same verdict, undecided: what was extracted and said stays, the reason is given. */
    public Verdict leftOpen(String why) {
        return new Verdict(
                Outcome.UNDECIDED, null, answer, claimsCorrect, judge, version, stage, why, rawReply, latencyMillis);
    }

    /** The same verdict as the word of this judge, which took so long. */
    public Verdict by(String byJudge, String ofVersion, double millis) {
        return new Verdict(outcome, reward, answer, claimsCorrect, byJudge, ofVersion, stage, reason, rawReply, millis);
    }
}
