package dev.tempo.judging.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.plugin.Outcome;
import org.junit.jupiter.api.Test;

class ExactMatchJudgeTest {
    private final ExactMatchJudge judge = new ExactMatchJudge();

    @Test
    void onlyWhiteSpaceIsForgiven() {
        assertThat(outcome("New  York", " New York\n", true)).isEqualTo(Outcome.CORRECT);
        assertThat(outcome("New York", "new york", true)).isEqualTo(Outcome.WRONG);
        assertThat(outcome("New York", "New York.", true)).isEqualTo(Outcome.WRONG);
    }

    @Test
    void aResponseThatWasCutOffGivesNoAnswer() {
        assertThat(judge.answer("New York", false)).isNull();
        assertThat(outcome("New York", "New York", false)).isEqualTo(Outcome.WRONG);
    }

    @Test
    void anEmptyReferenceDecidesNothing() {
        assertThat(outcome(" ", "", true)).isEqualTo(Outcome.UNDECIDED);
    }

    private Outcome outcome(String reference, String response, boolean ended) {
        return judge.judge("Where?", reference, response, ended).outcome();
    }
}
