package dev.tempo.plugin;

import org.jspecify.annotations.Nullable;

/**
 * A judge: it says whether a response answers a question as the reference does. Judges are called from several threads
 * and keep no state between calls that would change a verdict: the same arguments give the same outcome.
 */
public interface Judge extends PlugIn {

    /** The name by which the chains of a recipe call this judge. */
    @Override
    String name();

    /** The version of this judge, which changes whenever a verdict may change. */
    @Override
    String version();

    /**
     * The verdict on one response. A response without an answer is WRONG with a null answer; UNDECIDED is for what this
     * judge cannot tell: the next judge of the chain is asked then.
     *
     * @param question what the model was asked
     * @param reference the reference answer
     * @param response what the model wrote, environment tokens included, without its end-of-sequence token
     * @param ended whether the model ended the response itself rather than being cut off
     * @throws JudgeUnavailableException if this judge cannot be asked at present, so that the response is judged later
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

    /**
     * A verdict of this judge: CORRECT with reward 1, or WRONG with reward 0.
     *
     * @param stage the step that decided, such as {@code exact}
     * @param answer that was extracted from the response; null where it gives none
     * @param reason in words, for people
     */
    default Verdict decided(boolean correct, String stage, @Nullable String answer, String reason) {
        return decided(correct, stage, answer, null, reason);
    }

    /**
     * A verdict of this judge on a response that itself claims to be right or wrong.
     *
     * @param claimsCorrect what the response claims; null where it claims nothing
     */
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
                0.0);
    }

    /** The verdict of this judge where it cannot tell, with the reason. */
    default Verdict undecided(String stage, String reason) {
        return Verdict.undecided(name(), version(), stage, reason);
    }
}
