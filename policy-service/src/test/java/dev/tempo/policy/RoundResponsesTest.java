package dev.tempo.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.tempo.contract.Purpose;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.ValuedTrajectory;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundResponsesTest {

    @Test
    void lengthsAndTheSpreadOfRewardsWithinQuestionsAreOfAllThatWereGenerated() {
        // rewards 0 and 1: a deviation of the square root of 1/2; 0, 1 and 0: of 1/3; lengths 4 and 5; 4, 5 and 6
        List<ValuedTrajectory> rows = List.of(
                row("a", 0), row("a", 1), row("b", 0), row("b", 1), row("b", 2), row("c", 0), Rows.failed(id("a", 7)));

        assertThat(new RoundResponses(rows).statistics())
                .hasSize(3)
                .hasEntrySatisfying(
                        "response.tokens",
                        tokens -> assertThat(tokens).isCloseTo((4 + 5 + 4 + 5 + 6 + 4) / 6.0, offset(1e-12)))
                .containsEntry("response.cut", 0.0)
                .hasEntrySatisfying(
                        "reward.deviation",
                        deviation -> assertThat(deviation)
                                .isCloseTo((Math.sqrt(1 / 2.0) + Math.sqrt(1 / 3.0)) / 2, offset(1e-12)));
    }

    @Test
    void whereNothingWasGeneratedNothingIsSaid() {
        assertThat(new RoundResponses(List.of(Rows.failed(id("a", 0)))).statistics())
                .isEmpty();
    }

    private static ValuedTrajectory row(String question, int sample) {
        return Rows.valued(id(question, sample));
    }

    private static TrajectoryId id(String question, int sample) {
        return Rows.id("r", 0, Purpose.LABELED, question, sample);
    }
}
