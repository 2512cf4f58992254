package dev.tempo.contract.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tempo.contract.Check;
import org.jspecify.annotations.Nullable;

/**
 * A benchmark's file or directory, JSON lines, JSON, Parquet or CSV; owned by eval-service.
 *
 * @param isTestTimeSet whether it holds the very questions of D_u, as in the paper; any other overlap is an error
 * @param samples per question of this set, k of its avg@k; null for as many as of the others
 */
public record EvaluationSet(
        String file,
        @Nullable String id,
        String question,
        String answer,
        @Nullable String domain,
        boolean isTestTimeSet,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer samples) {
    public EvaluationSet {
        Check.text("file", file);
        if (samples != null) {
            Check.samples("samples", samples);
        }
    }

    /** A set with as many samples per question as the other sets. */
    public EvaluationSet(
            String file,
            @Nullable String id,
            String question,
            String answer,
            @Nullable String domain,
            boolean isTestTimeSet) {
        this(file, id, question, answer, domain, isTestTimeSet, null);
    }

    /** The same entry with its file at another path. */
    public EvaluationSet at(String path) {
        return new EvaluationSet(path, id, question, answer, domain, isTestTimeSet, samples);
    }
}
