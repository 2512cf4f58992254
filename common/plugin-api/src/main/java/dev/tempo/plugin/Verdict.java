package dev.tempo.plugin;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The verdict of a judge on one trajectory. The time that it took is a measurement beside it: verdicts are equal if all else
 * is, and messages leave it out, so that a trajectory that is judged again gives the same record.
 *
 * @param outcome what the judge found; a vote calls the majority's answer CORRECT
 * @param reward 1 or 0 of a verdict, in [0, 1]; whatever finite number a vote gives, at stage {@link #VOTE}; null when
 *     undecided
 * @param answer the answer that was extracted from the response, null when there is none (malformed)
 * @param claimsCorrect whether the response itself claims to be right, null where the task has no such claim
 * @param judge name of the judge that decided
 * @param version of that judge
 * @param stage the step of the judge's chain that decided
 * @param reason in words, for people
 * @param rawReply what a judge model literally said, null for rules
 * @param latencyMillis time that the judge took, in milliseconds; null where that is not known, as in what was read from a
 *     message
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
        @Nullable Double latencyMillis) {

    /** The stage at which votes decide, whether a question's samples' or a judge model's. */
    public static final String VOTE = "vote";

    public Verdict {
        if (judge.isBlank()) {
            throw new IllegalArgumentException("judge is empty");
        }
        if ((outcome == Outcome.UNDECIDED) != (reward == null)) {
            throw new IllegalArgumentException("an undecided verdict has no reward and every other one has; here "
                    + outcome.name() + " with " + reward);
        }
        if (reward != null && !(VOTE.equals(stage) ? Double.isFinite(reward) : reward >= 0 && reward <= 1)) {
            throw new IllegalArgumentException("reward must "
                    + (VOTE.equals(stage) ? "be a finite number" : "lie in [0, 1]") + " but is " + reward);
        }
    }

    /** An undecided verdict: it has no reward, hence no gradient, and is never counted as wrong. */
    public static Verdict undecided(String judge, String version, String stage, String reason) {
        return new Verdict(Outcome.UNDECIDED, null, null, null, judge, version, stage, reason, null, 0.0);
    }

    /** This verdict as an undecided one: the extracted answer and the raw reply stay, the reason is replaced. */
    public Verdict leftOpen(String why) {
        return new Verdict(
                Outcome.UNDECIDED, null, answer, claimsCorrect, judge, version, stage, why, rawReply, latencyMillis);
    }

    /**
     * This verdict as that of the judge named, with the time it took.
     *
     * @param millis time that the judge took, in milliseconds
     */
    public Verdict by(String byJudge, String ofVersion, double millis) {
        return new Verdict(outcome, reward, answer, claimsCorrect, byJudge, ofVersion, stage, reason, rawReply, millis);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Verdict that
                && outcome == that.outcome
                && Objects.equals(reward, that.reward)
                && Objects.equals(answer, that.answer)
                && Objects.equals(claimsCorrect, that.claimsCorrect)
                && judge.equals(that.judge)
                && version.equals(that.version)
                && stage.equals(that.stage)
                && reason.equals(that.reason)
                && Objects.equals(rawReply, that.rawReply);
    }

    @Override
    public int hashCode() {
        return Objects.hash(outcome, reward, answer, claimsCorrect, judge, version, stage, reason, rawReply);
    }
}
