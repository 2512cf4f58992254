package dev.tempo.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.DrawnQuestions;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.contract.recipe.ArrivalSettings;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.datasets.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rounds whose questions have arrived, and some of which were deleted. */
class ArrivedQuestionsPlanTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final ModelReference BASE = new ModelReference("file:///base", "0".repeat(64));

    private static final Map<String, String> TEXTS =
            Map.of("arrived/a", "1 + 1?", "arrived/b", "1 + 2?", "arrived/later", "1 + 3?");

    private final UnlabeledPlanner planner = new UnlabeledPlanner(Duration.ofSeconds(60), Duration.ofMinutes(5));
    private final AtomicBoolean read = new AtomicBoolean(true);
    private Run run;

    @BeforeEach
    void aRunWithoutAnEnd() {
        Stage stage = StageBuilder.testTime("tempo")
                .rounds(Stage.UNBOUNDED)
                .questions(2, 3)
                .build();
        run = new Run(
                "run",
                RunState.ACTIVE,
                RecipeBuilder.recipe(stage).arriving(ArrivalSettings.USUAL).build(),
                BASE,
                "runs/run",
                null);
        planner.arrivalsReadBy(() -> read::get);
        planner.on(run);
        ask("a", "1 + 1?");
        ask("b", "1 + 2?");
    }

    @Test
    void nothingIsAskedUntilTheVersionSaysWhatItsRoundDraws() {
        publish(0, null, false);
        assertThat(planner.plan(NOON).requests()).isEmpty();
        publish(0, drawn("arrived/b", "arrived/a"), false);
        assertThat(planner.plan(NOON).requests())
                .extracting(request -> request.id().question(), RolloutRequest::questionText)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("arrived/b", "1 + 2?"),
                        org.assertj.core.groups.Tuple.tuple("arrived/a", "1 + 1?"));
        assertThat(planner.plan(NOON).requests()).isEmpty();
    }

    @Test
    void theTextsAreWaitedForBeforeAnythingIsCalledDeleted() {
        read.set(false);
        publish(0, drawn("arrived/a", "arrived/later"), false);
        Plan early = planner.plan(NOON);
        assertThat(early.requests()).isEmpty();
        assertThat(early.failed()).isEmpty();
        ask("later", "1 + 3?");
        read.set(true);
        assertThat(planner.plan(NOON).requests()).hasSize(2);
    }

    @Test
    void aQuestionThatWasDeletedAfterItWasDrawnEndsInFailures() {
        planner.on(ArrivingQuestion.deleted("a"));
        publish(0, drawn("arrived/a", "arrived/b"), false);
        Plan plan = planner.plan(NOON);
        assertThat(plan.requests())
                .extracting(request -> request.id().question())
                .containsExactly("arrived/b");
        assertThat(plan.failed()).hasSize(3).allSatisfy(failed -> {
            assertThat(failed.id().request().question()).isEqualTo("arrived/a");
            assertThat(failed.failure()).isEqualTo("the question was deleted or replaced since it was drawn");
            assertThat(failed.renderedPrompt()).isEmpty();
        });
    }

    @Test
    void deletionInTheMiddleOfARoundFailsOnlyWhatIsNotAnswered() {
        publish(0, drawn("arrived/a", "arrived/b"), false);
        RolloutRequest asked = planner.plan(NOON).requests().get(0);
        planner.on(Trajectory.failed(asked.id().sample(1), "default", "", "answered as it were"), NOON);
        planner.on(ArrivingQuestion.deleted("a"));
        List<Trajectory> failed = planner.plan(NOON).failed();
        assertThat(failed).extracting(row -> row.id().sample()).containsExactly(0, 2);
        failed.forEach(row -> planner.on(row, NOON));
        assertThat(planner.plan(NOON).failed()).isEmpty();
        assertThat(planner.openRequests()).isOne();
        assertThat(planner.plan(NOON.plusSeconds(100)).requests())
                .extracting(request -> request.id().question())
                .as("what is late is asked again, but not what is gone")
                .containsExactly("arrived/b");
    }

    @Test
    void aQuestionThatWasReplacedAfterItWasDrawnIsNotAskedWithItsNewText() {
        ask("a", "9 + 9?");
        publish(0, drawn("arrived/a", "arrived/b"), false);
        Plan plan = planner.plan(NOON);
        assertThat(plan.requests()).extracting(RolloutRequest::questionText).containsExactly("1 + 2?");
        assertThat(plan.failed())
                .hasSize(3)
                .allSatisfy(failed -> assertThat(failed.failure())
                        .isEqualTo("the question was deleted or replaced since it was drawn"));
        ask("a", "1 + 1?");
        assertThat(planner.plan(NOON.plusSeconds(100)).requests())
                .as("what was recorded as gone stays so, though it comes again")
                .extracting(RolloutRequest::questionText)
                .containsExactly("1 + 2?");
    }

    @Test
    void replacementInTheMiddleOfARoundFailsOnlyWhatIsNotAnswered() {
        publish(0, drawn("arrived/a", "arrived/b"), false);
        RolloutRequest asked = planner.plan(NOON).requests().get(0);
        planner.on(Trajectory.failed(asked.id().sample(1), "default", "", "answered as it were"), NOON);
        planner.on(new ArrivingQuestion("a", "1 + 1?", "another domain", null));
        Plan plan = planner.plan(NOON.plusSeconds(100));
        assertThat(plan.failed()).extracting(row -> row.id().sample()).containsExactly(0, 2);
        assertThat(plan.requests())
                .extracting(request -> request.id().question())
                .containsExactly("arrived/b");
    }

    @Test
    void theLastVersionAsksNothingThoughNoRecipeSaysThatItIsTheLast() {
        publish(0, null, true);
        assertThat(planner.plan(NOON).requests()).isEmpty();
        assertThat(planner.problems()).isEmpty();
    }

    private void ask(String id, String text) {
        planner.on(new ArrivingQuestion(id, text, null, null));
    }

    private static DrawnQuestions drawn(String... questions) {
        return new DrawnQuestions(
                "log",
                2,
                2,
                List.of(questions),
                Arrays.stream(questions)
                        .map(id -> new Question(id, Objects.requireNonNull(TEXTS.get(id)), "default").contentHash())
                        .toList());
    }

    private void publish(int version, @Nullable DrawnQuestions drawn, boolean last) {
        planner.on(new PolicyVersion(
                "run", version, BASE, "tempo", version, last, Map.of(), Map.of(), 0, 0, null, null, drawn));
    }
}
