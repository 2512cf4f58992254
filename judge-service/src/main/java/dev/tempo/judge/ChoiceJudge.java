package dev.tempo.judge;

import dev.tempo.contract.Verdict;
import dev.tempo.verification.ChoiceVerifier;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Multiple choice by letters, as {@link ChoiceVerifier} finds them. A reference of several letters ({@code ACD}, {@code A,
 * C}) is met only by all of them.
 */
public final class ChoiceJudge implements ExtractingJudge {
    private final ChoiceVerifier verifier = new ChoiceVerifier();

    @Override
    public String name() {
        return "choice";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public Verdict judge(String question, String reference, String response, boolean ended) {
        if (ChoiceVerifier.letters(reference).isEmpty()) {
            return undecided("choice", "the reference '" + reference + "' names no option by its letter");
        }
        String answer = answer(response, ended);
        return answer == null
                ? FinalAnswer.missing(this, ended)
                : FinalAnswer.verdict(this, verifier.verify(reference, response), answer);
    }

    @Override
    public @Nullable String answer(String response, boolean ended) {
        if (!FinalAnswer.wasReached(response, ended)) {
            return null;
        }
        SortedSet<Character> letters = ChoiceVerifier.letters(response);
        return letters.isEmpty() ? null : letters.stream().map(String::valueOf).collect(Collectors.joining());
    }

    @Override
    public boolean equal(String first, String second) {
        return first.equals(second);
    }
}
