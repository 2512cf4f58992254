package dev.tempo.plugin;

import org.jspecify.annotations.Nullable;

/**
 * Tells right from wrong. Judges are called from several threads and keep no state between calls that would change a
 * verdict: the same arguments give the same outcome.
 */
public interface Judge extends PlugIn {

    /** The name by which a recipe's chains call it. */
    @Override
    String name();

    /** Changes whenever a verdict may change. */
    @Override
    String version();

    /**
     * Judges one response. A response without an answer is WRONG with a null answer; UNDECIDED is for what this judge
     * cannot tell, and hands the response on to the next judge of the chain.
     *
     * @param question what the model was asked
     * @param reference the reference answer
     * @param response what the model wrote, environment tokens included, without its end-of-sequence token
     * @param ended whether the model ended the response itself rather than being cut off
     */
    Verdict judge(String question, String reference, String response, boolean ended);

    /**
     * Whether a WRONG of this judge is the last word. False where answers are free-form, so that a later judge of the
     * chain may still find the response right; a CORRECT always is the last word.
     *
     * @param reference the reference answer of the WRONG verdict
     */
    default boolean wrongIsFinal(String reference) {
        return true;
    }

    /** A verdict of this judge worth 1 or 0. */
    default Verdict decided(boolean correct, String stage, @Nullable String answer, String reason) {
        return decided(correct, stage, answer, null, reason);
    }

    /** The same where the response itself claims to be right, or not to be. */
    default Verdict decided(
            boolean correct, String stage, @Nullable String answer, @Nullable Boolean claimsCorrect, String reason) {
        return new Verdict(
                correct ? Outcome.CORRECT : Outcome.WRONG,
                correct ? 1.0 : 0.0,
                answer,
                claimsCorrect,
                name(),
                version(),
                stage,
                reason,
                null,
                0);
    }

    /** This judge cannot tell, for the reason given. */
    default Verdict undecided(String stage, String reason) {
        return Verdict.undecided(name(), version(), stage, reason);
    }
}
