/**
 * Judges that ask a language model over an OpenAI-compatible endpoint. {@link dev.tempo.judging.model.ModelJudge} is the way of one
 * answer: {@link dev.tempo.judging.model.Gate}, cache, canary, two votes. What leaves this process is question, reference and
 * extracted answer as JSON in a random delimiter; what comes back counts only if it is exactly one verdict.
 */
@NullMarked
package dev.tempo.judging.model;

import org.jspecify.annotations.NullMarked;
