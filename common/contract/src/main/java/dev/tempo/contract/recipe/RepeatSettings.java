package dev.tempo.contract.recipe;

import dev.tempo.contract.Check;

/**
 * The repetition of a round's E-step while the critic is off, each time on other labeled questions.
 *
 * @param untilBrier the Brier score of the critic's last values on freshly judged responses, before it is fitted to them, at or
 *     below which there is no further E-step
 * @param atMost E-steps of a round
 */
public record RepeatSettings(double untilBrier, int atMost) {
    public RepeatSettings {
        if (!(untilBrier > 0 && untilBrier <= 1)) {
            throw new IllegalArgumentException("untilBrier: must be above 0 and at most 1 but is " + untilBrier);
        }
        Check.positive("atMost", atMost);
    }
}
