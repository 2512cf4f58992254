package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.SetReport;
import dev.tempo.recipes.RecipeFile;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Labels of unlabeled questions and of benchmarks bear on no bit of the weights. The promotion set is excluded, in words and in what is run
 * here: where a recipe lets training go back after failed trials ({@code promotion.goBackAfter}), the labels of that set, which is no
 * benchmark, decide which rounds go back.
 */
@ExtendWith(SharedSystem.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class LabelWallTest {

    @Test
    void otherAnswersToTheMeasuredQuestionsChangeTheScoresAndNotOneBitOfTheWeights(RunningSystem system)
            throws IOException {
        Weights reference = system.reference();

        assertThat(RecipeFile.read(system.workload().recipe(), null).goesBack())
                .as("labels of a promotion set may bear on training")
                .isFalse();
        TinyWorkload permuted =
                system.workload().withPermutedAnswers(system.root().resolve("permuted"));
        Weights weights = system.finished("permuted", permuted.recipe());

        assertThat(weights).isEqualTo(reference);
        assertThat(averages(system, "permuted")).isNotEqualTo(averages(system, "undisturbed"));
    }

    private static List<Double> averages(RunningSystem system, String run) {
        return system.records().reports(run).stream()
                .map(EvaluationReport::sets)
                .flatMap(List::stream)
                .map(SetReport::avg)
                .map(score -> score.value())
                .toList();
    }
}
