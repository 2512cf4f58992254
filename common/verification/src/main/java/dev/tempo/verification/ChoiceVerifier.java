package dev.tempo.verification;

import dev.tempo.plugin.Outcome;
import dev.tempo.verification.choice.AnswerOptions;
import dev.tempo.verification.choice.ChosenOptions;
import dev.tempo.verification.text.AnswerExtraction;
import java.util.SortedSet;

/**
 * A verifier of multiple choice: it compares the options that a response states as its answer with those of the
 * reference. A question with several right options is answered only by all of them. The reference may be the letter or
 * the option it stands before.
 */
public final class ChoiceVerifier {

    /** The verdict where the question's options are not known: any letter may be one. */
    public Verification verify(String gold, String response) {
        return verify(gold, response, AnswerOptions.ANY_LETTER);
    }

    /**
     * The verdict among known options.
     *
     * @param options options of the question; no other letter or word is an answer
     */
    public Verification verify(String gold, String response, AnswerOptions options) {
        SortedSet<String> chosen = chosen(response, options);
        if (chosen.isEmpty()) {
            return new Verification(Outcome.WRONG, "choice", "The response settles on no option", 1);
        }
        SortedSet<String> right = chosen(gold, options);
        return Verification.of(right.equals(chosen), "choice", "Chosen " + chosen + ", right " + right, 1);
    }

    /** The labels of the options a response settles on, in order; empty if it settles on none. */
    public static SortedSet<String> chosen(String response, AnswerOptions options) {
        return ChosenOptions.in(AnswerExtraction.withoutReasoning(response), options);
    }
}
