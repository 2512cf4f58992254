package dev.tempo.datasets;

import dev.tempo.contract.Check;

/** A question with its reference answer. */
public record LabeledQuestion(Question question, String answer, Split split) {
    public LabeledQuestion {
        Check.text("answer", answer);
    }
}
