/**
 * Judges that ask a language model over an OpenAI-compatible endpoint. {@link dev.tempo.judging.model.ModelJudge} takes
 * an answer through {@link dev.tempo.judging.model.Gate}, cache, canary and two votes. What leaves this process is
 * question, reference and extracted answer as JSON in a random delimiter; what comes back counts only if it is exactly
 * one verdict.
 */
@NullMarked
package dev.tempo.judging.model;

import org.jspecify.annotations.NullMarked;
