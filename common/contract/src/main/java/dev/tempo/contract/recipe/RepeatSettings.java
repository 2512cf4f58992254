package dev.tempo.contract.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tempo.contract.Check;
import org.jspecify.annotations.Nullable;

/**
 * What is done in a round while the critic is off: its E-step is repeated, each time on other labeled questions, and the M-step is held.
 *
 * @param untilBrier the Brier score of the critic's last values on freshly judged responses, before it is fitted to them, at or
 *     below which there is no further E-step
 * @param atMost E-steps of a round
 * @param holdAbove the same score of the round's last E-step above which no response of the round is rewarded, so that the policy stays as
 *     it is; null for never
 */
public record RepeatSettings(
        double untilBrier,
        int atMost,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double holdAbove) {
    public RepeatSettings {
        if (!(untilBrier > 0 && untilBrier <= 1)) {
            throw new IllegalArgumentException("untilBrier: must be above 0 and at most 1 but is " + untilBrier);
        }
        Check.positive("atMost", atMost);
        if (holdAbove != null && !(holdAbove >= untilBrier && holdAbove <= 1)) {
            throw new IllegalArgumentException(
                    "holdAbove: must be at least untilBrier, " + untilBrier + ", and at most 1 but is " + holdAbove);
        }
    }

    /** One that never holds the M-step. */
    public RepeatSettings(double untilBrier, int atMost) {
        this(untilBrier, atMost, null);
    }
}
