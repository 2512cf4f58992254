package dev.tempo.eval.served;

import java.time.Instant;

/**
 * An answer that a client got of a run's endpoint, a line of served.jsonl.
 *
 * @param at when it had come
 * @param question id of what was asked, in the client's own file
 * @param version of the policy that wrote the answer, as the endpoint says
 * @param right whether the answer is that of the client's file
 * @param promotions how many records of the run's promotions there were when it was asked: when they came to be is known by that
 */
public record ServedAnswer(Instant at, String question, int version, boolean right, int promotions) {
    public ServedAnswer {
        if (question.isBlank() || version < 0 || promotions < 0) {
            throw new IllegalArgumentException("question must not be blank, version and promotions not negative");
        }
    }
}
