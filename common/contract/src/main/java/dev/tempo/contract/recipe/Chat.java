package dev.tempo.contract.recipe;

import org.jspecify.annotations.Nullable;

/**
 * The use of the model's chat template.
 *
 * @param system the system message; null for none
 * @param enableThinking the template's variable of this name; null leaves it undefined
 */
public record Chat(@Nullable String system, @Nullable Boolean enableThinking) {}
