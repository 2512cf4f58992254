package dev.tempo.eval;

import dev.tempo.algorithm.PassAtK;
import dev.tempo.contract.recipe.Recipe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a version's responses to one question come to, each from 0 to 1. A response that could not be generated counts as wrong, without an
 * answer and as long as it may be: a version under which that happens is not better for it.
 *
 * @param avg share of right responses among those that were decided
 * @param pass pass@k among them
 * @param malformed share of responses without an answer
 * @param length mean length as a share of the longest that is allowed
 */
record QuestionMeans(double avg, double pass, double malformed, double length) {

    /** The means of a question's samples; null where no judge decided any. */
    static @Nullable QuestionMeans of(List<JudgedSample> samples, int passAt, Recipe recipe) {
        List<JudgedSample> counted = samples.stream()
                .filter(sample -> sample.decided() || sample.failed())
                .toList();
        if (counted.isEmpty()) {
            return null;
        }
        PassAtK right = new PassAtK(counted.size(), (int)
                counted.stream().filter(JudgedSample::correct).count());
        double longest = recipe.generation().maxNewTokens();
        return new QuestionMeans(
                right.average(),
                right.at(Math.min(passAt, counted.size())),
                counted.stream()
                        .mapToDouble(sample -> sample.answer() == null ? 1 : 0)
                        .average()
                        .orElse(0),
                counted.stream()
                        .mapToDouble(sample -> sample.failed() ? 1 : Math.min(1, sample.tokens() / longest))
                        .average()
                        .orElse(0));
    }
}
