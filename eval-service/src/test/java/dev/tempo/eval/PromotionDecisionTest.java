package dev.tempo.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.contract.Promotion.Comparison;
import dev.tempo.contract.PromotionOutcome;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.PromotionSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.plugin.Outcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PromotionDecisionTest {
    private static final PromotionSettings SETTINGS = new PromotionSettings(
            new EvaluationSet("promotion.jsonl", "id", "question", "answer", null, false, 2),
            1,
            10,
            1,
            .95,
            .1,
            .1,
            .1,
            .1);

    private static final Recipe RECIPE =
            RecipeBuilder.recipe(StageBuilder.testTime("tempo").build()).build();

    private static final QuestionBounds RIGHT = bounds(sample(Outcome.CORRECT, "2"), sample(Outcome.CORRECT, "2"));
    private static final QuestionBounds WRONG = bounds(sample(Outcome.WRONG, "3"), sample(Outcome.WRONG, "3"));
    private static final QuestionBounds UNKNOWN =
            bounds(sample(Outcome.UNDECIDED, null), sample(Outcome.UNDECIDED, null));

    /**
     * Where every difference is -1 and the bound -0.1, gamblers who stake 1/2, 1/4, 1/8 and 1/16 of what they may multiply their wealth by
     * 1 + 9/11 of that each time: after 14 questions their mean is 34.97, and 1 - 1/34.97 = 0.971 is more than 0.95 and less than
     * 1 - 0.05/4 = 0.9875; after 17 it is 93.0, and that is 0.989.
     */
    @Test
    void aVersionIsCalledWorseOnlyWhereEachOfFourMeasuresHasItsPartOfTheError() {
        PromotionDecision early = PromotionDecision.of(pairs(WRONG, RIGHT, 14), SETTINGS, false);
        assertThat(of(early, "avg").worse()).isCloseTo(.971, within(.001));
        assertThat(early.outcome()).isNull();
        PromotionDecision late = PromotionDecision.of(pairs(WRONG, RIGHT, 17), SETTINGS, false);
        assertThat(of(late, "avg").worse()).isCloseTo(.989, within(.001));
        assertThat(late.outcome()).isEqualTo(PromotionOutcome.WORSE);
    }

    @Test
    void whatNoJudgeDecidedPromotesNobodyAndCallsNobodyWorse() {
        List<PromotionDecision.Pair> half = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            half.addAll(pairs(UNKNOWN, RIGHT, 1));
            half.addAll(pairs(RIGHT, RIGHT, 1));
        }
        PromotionDecision decision = PromotionDecision.of(half, SETTINGS, true);
        assertThat(decision.outcome()).isEqualTo(PromotionOutcome.UNDECIDED);
        assertThat(decision.undecided()).isEqualTo(200);
        assertThat(decision.reason()).endsWith("; no judge decided 200 of the responses");
        assertThat(of(decision, "avg").candidate()).isEqualTo(.5);

        PromotionDecision away = PromotionDecision.of(pairs(UNKNOWN, UNKNOWN, 300), SETTINGS, false);
        assertThat(away.outcome()).isNull();
        assertThat(of(away, "avg").worse()).isZero();
        assertThat(of(away, "avg").notWorse()).isZero();
    }

    @Test
    void aFewUndecidedResponsesOfManyDoNotStopWhatIsSureAllTheSame() {
        List<PromotionDecision.Pair> pairs = pairs(UNKNOWN, RIGHT, 3);
        pairs.addAll(pairs(RIGHT, RIGHT, 300));
        PromotionDecision decision = PromotionDecision.of(pairs, SETTINGS, false);
        assertThat(decision.outcome()).isEqualTo(PromotionOutcome.PROMOTED);
        assertThat(decision.undecided()).isEqualTo(6);
    }

    @Test
    void boundsAreWhatItComesToIfAllThatIsOpenIsWrongOrAllIsRight() {
        QuestionBounds open = bounds(sample(Outcome.CORRECT, "2"), sample(Outcome.UNDECIDED, null));
        assertThat(open.least()).isEqualTo(new QuestionMeans(.5, .5, .5, .5));
        assertThat(open.most()).isEqualTo(new QuestionMeans(1, 1, 0, .5));
        assertThat(open.undecided()).isOne();
        QuestionBounds failed = bounds(
                sample(Outcome.CORRECT, "2"),
                new JudgedSample(Outcome.UNDECIDED, null, false, "memory", 0, false, false));
        assertThat(failed.least()).isEqualTo(failed.most()).isEqualTo(new QuestionMeans(.5, .5, .5, .75));
        assertThat(failed.undecided()).isZero();
    }

    private static List<PromotionDecision.Pair> pairs(QuestionBounds candidate, QuestionBounds promoted, int times) {
        return new ArrayList<>(Collections.nCopies(times, new PromotionDecision.Pair(candidate, promoted)));
    }

    private static Comparison of(PromotionDecision decision, String measure) {
        return decision.comparisons().stream()
                .filter(comparison -> comparison.measure().equals(measure))
                .findFirst()
                .orElseThrow();
    }

    private static QuestionBounds bounds(JudgedSample... samples) {
        return QuestionBounds.of(List.of(samples), 1, RECIPE);
    }

    /** Four of at most eight tokens. */
    private static JudgedSample sample(Outcome outcome, @Nullable String answer) {
        return new JudgedSample(outcome, answer, false, null, 4, false, false);
    }
}
