package dev.tempo.judging.rule;

import dev.tempo.plugin.ExtractingJudge;
import dev.tempo.plugin.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The judge of the quickstart: the answer is the number that the forward check starts from, the character before the
 * response's first operator. A response is malformed unless it was ended by the model, its last character is Y or N,
 * and such a number is there. Numbers are single characters, 0 to 9 and a (modulo 11).
 *
 * <p>The graded answer is part of what is checked: a separate answer written after the check could differ from it.
 */
public final class BlockInversionJudge implements ExtractingJudge {
    private static final String NUMBERS = "0123456789a";
    private static final String STAGE = "rule";

    @Override
    public String name() {
        return "block-inversion";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public Verdict judge(String question, String reference, String response, boolean ended) {
        if (reference.length() != 1 || !isNumber(reference.charAt(0))) {
            return undecided(STAGE, "the reference '" + reference + "' is no number from 0 to 9 or a");
        }
        String answer = answer(response, ended);
        boolean claims = ended && response.endsWith("Y");
        if (answer == null) {
            return decided(false, STAGE, null, claims, "malformed: " + flaw(response, ended));
        }
        boolean correct = answer.equals(reference);
        String comparison =
                correct ? "'" + answer + "' is the reference" : "'" + answer + "' is not '" + reference + "'";
        return decided(correct, STAGE, answer, claims, comparison);
    }

    @Override
    public @Nullable String answer(String response, boolean ended) {
        int operator = firstOperator(response);
        boolean wellFormed = ended && endsInClaim(response) && operator >= 1 && isNumber(response.charAt(operator - 1));
        return wellFormed ? response.substring(operator - 1, operator) : null;
    }

    @Override
    public boolean equal(String first, String second) {
        return first.equals(second);
    }

    private static String flaw(String response, boolean ended) {
        if (!ended) {
            return "cut off before its end";
        }
        return endsInClaim(response) ? "no number before a first operator" : "does not end in Y or N";
    }

    private static int firstOperator(String response) {
        for (int i = 0; i < response.length(); i++) {
            if (response.charAt(i) == '*' || response.charAt(i) == '+') {
                return i;
            }
        }
        return -1;
    }

    private static boolean endsInClaim(String response) {
        return response.endsWith("Y") || response.endsWith("N");
    }

    private static boolean isNumber(char symbol) {
        return NUMBERS.indexOf(symbol) >= 0;
    }
}
