package dev.tempo.eval.reproduction;

import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.contract.recipe.RecalibrationSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.UnlabeledFile;
import dev.tempo.datasets.BenchmarkQuestions;
import dev.tempo.datasets.LabeledQuestion;
import dev.tempo.datasets.LabeledQuestions;
import dev.tempo.datasets.Question;
import dev.tempo.datasets.UnlabeledQuestions;
import dev.tempo.eval.reproduction.MethodSummary.Distances;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@linkplain QuestionDistance distances} of a recipe's sets of questions. */
final class RunDistances {
    private RunDistances() {}

    /** From the questions without labels to those of the E-step and to held-out ones; null where there is no E-step. */
    static @Nullable Distances of(Recipe recipe) {
        RecalibrationSettings recalibration =
                recipe.stages().get(recipe.stages().size() - 1).recalibration();
        LabeledFile labeled = recipe.data().labeled();
        UnlabeledFile unlabeled = recipe.data().unlabeled();
        if (recalibration == null || recalibration.every() == 0 || labeled == null || unlabeled == null) {
            return null;
        }
        List<String> testTime =
                UnlabeledQuestions.read(unlabeled).stream().map(Question::text).toList();
        List<String> calibration = texts(LabeledQuestions.read(labeled).stream()
                .filter(row -> row.split().belongsTo(recalibration.questionsFrom()))
                .toList());
        Optional<Map.Entry<String, EvaluationSet>> held = recipe.evaluation().setsInOrder().stream()
                .map(name -> Map.entry(
                        name, Objects.requireNonNull(recipe.evaluation().sets().get(name))))
                .filter(set -> !set.getValue().isTestTimeSet())
                .findFirst();
        return new Distances(
                QuestionDistance.of(testTime, calibration),
                held.map(set -> QuestionDistance.of(
                                testTime, texts(BenchmarkQuestions.read(set.getKey(), set.getValue()))))
                        .orElse(null));
    }

    private static List<String> texts(List<LabeledQuestion> questions) {
        return questions.stream().map(row -> row.question().text()).toList();
    }
}
