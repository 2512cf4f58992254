package dev.tempo.contract.recipe;

import dev.tempo.contract.Check;
import org.jspecify.annotations.Nullable;

/**
 * A benchmark file, one JSON object a line; owned by eval-service.
 *
 * @param isTestTimeSet whether it holds the very questions of D_u, as in the paper; any other overlap is an error
 */
public record EvaluationSet(
        String file,
        @Nullable String id,
        String question,
        String answer,
        @Nullable String domain,
        boolean isTestTimeSet) {
    public EvaluationSet {
        Check.text("evaluation.sets.file", file);
    }

    public EvaluationSet at(String path) {
        return new EvaluationSet(path, id, question, answer, domain, isTestTimeSet);
    }
}
