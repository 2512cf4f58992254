package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.SetReport;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedSystem.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class LabelWallTest {

    @Test
    void otherAnswersToTheMeasuredQuestionsChangeTheScoresAndNotOneBitOfTheWeights(RunningSystem system)
            throws IOException {
        Weights reference = system.reference();

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
