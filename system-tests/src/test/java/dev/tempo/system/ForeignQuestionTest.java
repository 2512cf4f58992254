package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Topics;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.recipes.RecipeFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A well-formed request, by whoever may write to the topic, for a question that the round does not draw. */
@ExtendWith(SharedSystem.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ForeignQuestionTest {
    private static final String RUN = "asked-by-a-stranger";
    private static final int ROUND = TinyWorkload.FIRST_OF_TEST_TIME;

    @Test
    void aQuestionThatNobodyDrewIsADeadLetterAndTakesNoOthersPlace(RunningSystem system) throws Exception {
        Weights reference = system.reference();
        Recipe recipe = RecipeFile.read(system.workload().recipe(), null);
        CompletableFuture<Weights> weights = CompletableFuture.supplyAsync(
                () -> system.finished(RUN, system.workload().recipe()));
        Awaitility.await()
                .atMost(Duration.ofMinutes(4))
                .until(() -> !system.records().policies(RUN).isEmpty());
        PolicyVersion base = system.records().policies(RUN).get(0);

        system.connection()
                .publish(
                        Topics.UNLABELED_ROLLOUT_REQUESTS,
                        new RolloutRequest(
                                new RequestId(RUN, ROUND, Purpose.UNLABELED, 0, "nobody-drew-this"),
                                recipe.seed(),
                                base.model(),
                                Recipe.DEFAULT_DOMAIN,
                                "x*4+7*2+1=3",
                                recipe.stageOf(ROUND).samples(),
                                recipe.generation()));

        assertThat(weights.get(5, TimeUnit.MINUTES)).isEqualTo(reference);
        assertThat(system.records().trajectories(RUN, ROUND, Purpose.UNLABELED))
                .isNotEmpty()
                .noneMatch(id -> id.request().question().equals("nobody-drew-this"));
        List<String> reasons = new ArrayList<>();
        system.connection().deadLetters().read(Topics.UNLABELED_ROLLOUT_REQUESTS.name(), letter -> {
            String reason = Objects.requireNonNullElse(letter.header("reason"), "");
            if (reason.contains(RUN)) {
                reasons.add(reason);
            }
        });
        assertThat(reasons)
                .containsExactly("round " + ROUND + " of run " + RUN + " does not draw question nobody-drew-this");
    }
}
