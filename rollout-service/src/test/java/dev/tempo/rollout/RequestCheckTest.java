package dev.tempo.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.RecalibrationSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.ValuesFrom;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rounds 0 and 1 train on verdicts, 5 samples a question; rounds 2 to 4 are test-time, 7 samples, the E-step's have 3. */
class RequestCheckTest {
    private static final Generation GENERATION = new Generation(1, 12, null);
    private static final ModelReference BASE = new ModelReference("file:///base", "0".repeat(64));

    private final Recipe recipe = RecipeBuilder.recipe(
                    StageBuilder.supervised("first").rounds(2).questions(1, 5).build(),
                    StageBuilder.testTime("second")
                            .rounds(3)
                            .questions(1, 7)
                            .recalibrated(
                                    new RecalibrationSettings(1, QuestionSource.LABELED, 1, 3, ValuesFrom.RECALIBRATED))
                            .build())
            .generation(GENERATION)
            .seed(9)
            .build();
    private final Run run = new Run("r", RunState.ACTIVE, recipe, BASE, "/runs/r", null);

    private static RolloutRequest request(int round, Purpose purpose, String question, int samples) {
        return new RolloutRequest(
                new RequestId("r", round, purpose, 0, question), 9, BASE, "default", "1+1", samples, GENERATION);
    }

    @Test
    void whatTheRecipeAsksForIsNotRefused() {
        assertThat(RequestCheck.refusal(request(0, Purpose.WARM_UP, "q", 5), run))
                .isEmpty();
        assertThat(RequestCheck.refusal(request(1, Purpose.LABELED, "q", 5), run))
                .isEmpty();
        assertThat(RequestCheck.refusal(request(4, Purpose.LABELED, "q", 3), run))
                .isEmpty();
        assertThat(RequestCheck.refusal(request(4, Purpose.UNLABELED, "q", 7), run))
                .isEmpty();
        assertThat(RequestCheck.refusal(
                        request(
                                5,
                                Purpose.EVALUATION,
                                "set/q",
                                recipe.evaluation().samples("set")),
                        run))
                .isEmpty();
    }

    @Test
    void onlyModelsOfItsRunAreLoaded() {
        assertThat(RequestCheck.refusal(of("file:///runs/r/policy/v00004"), run))
                .isEmpty();
        assertThat(RequestCheck.refusal(of("file:///runs/r/promoted/v00002"), run))
                .isEmpty();
        for (String foreign :
                List.of("file:///runs/other/policy/v00004", "file:///runs/r/../../etc", "s3://bucket/m")) {
            assertThat(RequestCheck.refusal(of(foreign), run))
                    .hasValue("its policy " + foreign + " is neither what run r begins with nor in its directory");
        }
    }

    private static RolloutRequest of(String policy) {
        return new RolloutRequest(
                new RequestId("r", 4, Purpose.LABELED, 0, "q"),
                9,
                new ModelReference(policy, "0".repeat(64)),
                "default",
                "1+1",
                3,
                GENERATION);
    }

    @Test
    void anotherNumberOfSamplesIsRefusedWithBothNumbers() {
        assertThat(RequestCheck.refusal(request(4, Purpose.LABELED, "q", 4), run))
                .hasValue("it asks for 4 samples, but the recipe of run r for 3");
        assertThat(RequestCheck.refusal(request(4, Purpose.UNLABELED, "q", 9_999), run))
                .hasValueSatisfying(reason -> assertThat(reason).contains("9999", "7"));
    }

    @Test
    void aRoundOrAPurposeThatTheRecipeHasNotIsRefused() {
        assertThat(RequestCheck.refusal(request(6, Purpose.LABELED, "q", 3), run))
                .hasValue("round 6 is not one of the 5 of run r");
        assertThat(RequestCheck.refusal(request(1, Purpose.UNLABELED, "q", 5), run))
                .hasValue("the recipe of run r asks for no unlabeled trajectories in round 1");
    }

    @Test
    void anotherSeedIsRefused() {
        RolloutRequest asked = request(4, Purpose.LABELED, "q", 3);
        RolloutRequest forged =
                new RolloutRequest(asked.id(), 10, BASE, asked.domain(), asked.questionText(), 3, GENERATION);

        assertThat(RequestCheck.refusal(forged, run))
                .hasValueSatisfying(reason -> assertThat(reason).contains("seed"));
    }
}
