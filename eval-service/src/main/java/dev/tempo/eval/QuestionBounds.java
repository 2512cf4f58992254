package dev.tempo.eval;

import dev.tempo.algorithm.PassAtK;
import dev.tempo.contract.recipe.Recipe;
import java.util.List;

/**
 * What a version's responses to one question come to, whatever a judge would have said of those that none decided: at the least, if all of
 * them are wrong and without an answer, and at the most, if all are right. A response that could not be generated counts as wrong, without an
 * answer and as long as it may be: a version under which that happens is not better for it.
 *
 * @param undecided responses that no judge decided
 */
record QuestionBounds(QuestionMeans least, QuestionMeans most, int undecided) {

    /** The bounds of a question's samples, of which there is at least one. */
    static QuestionBounds of(List<JudgedSample> samples, int passAt, Recipe recipe) {
        int undecided =
                (int) samples.stream().filter(QuestionBounds::isUndecided).count();
        QuestionMeans least = means(samples, passAt, recipe, false);
        return new QuestionBounds(least, undecided == 0 ? least : means(samples, passAt, recipe, true), undecided);
    }

    private static boolean isUndecided(JudgedSample sample) {
        return !sample.decided() && !sample.failed();
    }

    private static QuestionMeans means(List<JudgedSample> samples, int passAt, Recipe recipe, boolean inFavour) {
        int right = 0;
        int malformed = 0;
        double length = 0;
        double longest = recipe.generation().maxNewTokens();
        for (JudgedSample sample : samples) {
            boolean counted = inFavour && isUndecided(sample);
            right += counted || sample.correct() ? 1 : 0;
            malformed += counted || sample.answer() != null ? 0 : 1;
            length += sample.failed() ? 1 : Math.min(1, sample.tokens() / longest);
        }
        PassAtK counts = new PassAtK(samples.size(), right);
        return new QuestionMeans(
                counts.average(),
                counts.at(Math.min(passAt, samples.size())),
                (double) malformed / samples.size(),
                length / samples.size());
    }
}
