package dev.tempo.judging.rule;

import dev.tempo.plugin.ExtractingJudge;
import dev.tempo.plugin.Verdict;
import dev.tempo.verification.ChoiceVerifier;
import dev.tempo.verification.choice.AnswerOptions;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The judge of multiple choice, as {@link ChoiceVerifier} reads it: by the letters of the options that the question
 * lists, or by any letter where it lists none. A reference of several letters ({@code ACD}, {@code A, C}) is met only
 * by all of them.
 */
public final class ChoiceJudge implements ExtractingJudge {
    private final ChoiceVerifier verifier = new ChoiceVerifier();

    @Override
    public String name() {
        return "choice";
    }

    @Override
    public String version() {
        return "2";
    }

    @Override
    public Verdict judge(String question, String reference, String response, boolean ended) {
        AnswerOptions options = AnswerOptions.lettersOf(question);
        return judge(options == null ? AnswerOptions.ANY_LETTER : options, reference, response, ended);
    }

    /** The verdict among options that are known already. */
    Verdict judge(AnswerOptions options, String reference, String response, boolean ended) {
        if (ChoiceVerifier.chosen(reference, options).isEmpty()) {
            return undecided("choice", "the reference '" + reference + "' names no option");
        }
        String answer = answer(response, ended, options);
        return answer == null
                ? FinalAnswer.missing(this, ended)
                : FinalAnswer.verdict(this, verifier.verify(reference, response, options), answer);
    }

    @Override
    public @Nullable String answer(String response, boolean ended) {
        return answer(response, ended, AnswerOptions.ANY_LETTER);
    }

    private static @Nullable String answer(String response, boolean ended, AnswerOptions options) {
        if (!FinalAnswer.wasReached(response, ended)) {
            return null;
        }
        SortedSet<String> chosen = ChoiceVerifier.chosen(response, options);
        return chosen.isEmpty() ? null : String.join(options.areWords() ? ", " : "", chosen);
    }

    @Override
    public boolean equal(String first, String second) {
        return first.equals(second);
    }
}
