package dev.tempo.standalone.quickstart;

import java.util.List;

/**
 * What a teacher does with a question, in no words yet.
 *
 * @param guesses the value before each block, from the last block to the first; the last guess is the answer
 * @param check the forward calculation from the answer, a step a block
 * @param quoted what the trace says that the question's target is
 */
record WorkedQuestion(ChainQuestion question, List<Integer> guesses, List<Step> check, int quoted) {
    WorkedQuestion {
        guesses = List.copyOf(guesses);
        check = List.copyOf(check);
    }

    /** The multiplication by {@code a}, then the addition of {@code b}, as copied from the question, with their results. */
    record Step(int a, int product, int b, int sum) {}

    int answer() {
        return guesses.get(guesses.size() - 1);
    }

    /** Whether the check arrives at what is quoted as the target. */
    boolean claimsRight() {
        return check.get(check.size() - 1).sum() == quoted;
    }
}
