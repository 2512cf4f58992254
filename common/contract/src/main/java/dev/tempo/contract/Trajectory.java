package dev.tempo.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.tempo.contract.recipe.Recipe;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A trajectory: one answer of a policy version to one question. It carries text as well as token ids, so that a judge
 * needs no tokenizer, and never the reference answer.
 *
 * @param domain of the question; it routes to a chain of judges
 * @param renderedPrompt the text the model continued: the question within the prompt or chat template; the question
 *     alone where none was rendered before it failed
 * @param response the text that the model and its environment wrote
 * @param logProbs of the generating worker, kept to watch the gap between generation and training
 * @param failure the reason when {@code stopReason} is FAILED, else null
 */
public record Trajectory(
        TrajectoryId id,
        String domain,
        String renderedPrompt,
        String response,
        TokenIds promptTokens,
        TokenIds responseTokens,
        EnvironmentMask environment,
        LogProbs logProbs,
        StopReason stopReason,
        @Nullable String failure) {

    public Trajectory {
        domain = Objects.requireNonNullElse(domain, Recipe.DEFAULT_DOMAIN);
        Check.text("domain", domain);
        Check.sameLength("environment", environment.length(), "responseTokens", responseTokens.length());
        Check.sameLength("logProbs", logProbs.length(), "responseTokens", responseTokens.length());
        if ((stopReason == StopReason.FAILED) != (failure != null)) {
            throw new IllegalArgumentException(
                    "a failure reason belongs to stop reason FAILED, here " + stopReason + " with " + failure);
        }
    }

    /** A trajectory in place of an answer that could not be generated, so that nobody waits for it. */
    public static Trajectory failed(TrajectoryId id, String domain, String renderedPrompt, String reason) {
        return new Trajectory(
                id,
                domain,
                renderedPrompt,
                "",
                TokenIds.of(),
                TokenIds.of(),
                EnvironmentMask.of(),
                LogProbs.of(),
                StopReason.FAILED,
                reason);
    }

    /** Whether nothing usable was generated. */
    @JsonIgnore
    public boolean isFailed() {
        return stopReason == StopReason.FAILED;
    }
}
