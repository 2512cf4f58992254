package dev.tempo.datasets;

import dev.tempo.contract.Check;
import dev.tempo.contract.EnvironmentMask;
import java.util.List;

/**
 * A trace of the base model's own corpus.
 *
 * @param question the prompt
 * @param response the trace, end-of-sequence token included where the corpus has one
 * @param environmentPositions which of the response's tokens an environment wrote, ascending from 0
 */
public record RehearsalTrace(String question, String response, List<Integer> environmentPositions) {
    public RehearsalTrace {
        Check.text("question", question);
        Check.text("response", response);
        environmentPositions = List.copyOf(environmentPositions);
    }

    /**
     * The mask over the response, once a tokenizer has told its length.
     *
     * @throws IllegalArgumentException if a position lies beyond the response
     */
    public EnvironmentMask environment(int responseTokens) {
        boolean[] written = new boolean[responseTokens];
        for (int position : environmentPositions) {
            if (position >= responseTokens) {
                throw new IllegalArgumentException("the trace '" + response + "' has " + responseTokens
                        + " tokens, but position " + position + " is named as one that an environment wrote");
            }
            written[position] = true;
        }
        return EnvironmentMask.of(written);
    }
}
