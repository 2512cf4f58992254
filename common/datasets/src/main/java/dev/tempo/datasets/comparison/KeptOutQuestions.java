package dev.tempo.datasets.comparison;

import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.contract.recipe.PromotionSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.datasets.BenchmarkQuestions;
import dev.tempo.datasets.LabeledQuestions;
import java.util.TreeMap;

/** The questions of a recipe that are measured, promoted by or labeled: nothing may be learned from them without their labels. */
public final class KeptOutQuestions {
    private KeptOutQuestions() {}

    /** All of them, for who sees every file. */
    public static KnownQuestions of(Recipe recipe) {
        KnownQuestions known = new KnownQuestions();
        new TreeMap<>(recipe.evaluation().sets())
                .forEach((name, set) -> BenchmarkQuestions.read(name, set)
                        .forEach(row ->
                                known.add(row.question().text(), "it is in set '" + name + "', which is measured")));
        PromotionSettings promotion = recipe.promotion();
        if (promotion != null) {
            BenchmarkQuestions.read(Recipe.PROMOTION_SET, promotion.set())
                    .forEach(row -> known.add(row.question().text(), "it is in the promotion set"));
        }
        LabeledFile labeled = recipe.data().labeled();
        if (labeled != null) {
            LabeledQuestions.read(labeled)
                    .forEach(row -> known.add(row.question().text(), "it is a labeled question"));
        }
        return known;
    }
}
