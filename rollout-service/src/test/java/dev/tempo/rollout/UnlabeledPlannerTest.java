package dev.tempo.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.recipe.Evaluation;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.messaging.service.RunLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnlabeledPlannerTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration STALLED_AFTER = Duration.ofMinutes(5);
    private static final int FIRST = Samples.LABELED_ROUNDS;

    @TempDir
    Path folder;

    private final UnlabeledPlanner planner = new UnlabeledPlanner(PATIENCE, STALLED_AFTER);
    private Run run;

    @BeforeEach
    void aRunOfFourQuestions() {
        run = Samples.run("run", Samples.unlabeledFile(folder, 4));
    }

    @Test
    void aVersionIsAskedTheQuestionsOfItsRound() {
        Plan plan = planAt(FIRST);

        assertThat(plan.requests()).hasSize(2).allSatisfy(request -> {
            assertThat(request.id().run()).isEqualTo("run");
            assertThat(request.id().round()).isEqualTo(FIRST);
            assertThat(request.id().purpose()).isEqualTo(Purpose.UNLABELED);
            assertThat(request.id().step()).isZero();
            assertThat(request.samples()).isEqualTo(3);
            assertThat(request.seed()).isEqualTo(7);
            assertThat(request.questionText()).startsWith("x*2+");
            assertThat(request.generation()).isEqualTo(run.recipe().generation());
        });
        assertThat(planner.openRequests()).isEqualTo(2);
    }

    @Test
    void whatARoundDoesNotDrawOrWhatHasAnotherTextIsRefusedWhereItsFileIs() throws IOException {
        List<RolloutRequest> asked = planAt(FIRST).requests();
        RolloutRequest next = planAt(FIRST + 1).requests().get(0);
        RoundDraw draw = new RoundDraw(new ArrivedTexts());
        RolloutRequest foreign = question(asked.get(0), "nobody-drew-this", "x*2+1=5");
        RolloutRequest early = question(asked.get(0), next.id().question(), next.questionText());
        RolloutRequest other = question(asked.get(0), asked.get(0).id().question(), "x*3+1=5");

        assertThat(asked)
                .allSatisfy(request -> assertThat(draw.refusal(request, run)).isEmpty());
        assertThat(draw.refusal(next, run)).isEmpty();
        assertThat(draw.refusal(foreign, run)).hasValue("round 2 of run run does not draw question nobody-drew-this");
        assertThat(draw.refusal(early, run))
                .hasValue(
                        "round 2 of run run does not draw question " + next.id().question());
        assertThat(draw.refusal(other, run))
                .hasValue("its text or domain is not that of question "
                        + asked.get(0).id().question() + " of run run");

        Files.delete(folder.resolve("unlabeled.jsonl"));
        assertThat(new RoundDraw(new ArrivedTexts()).refusal(foreign, run))
                .as("a worker without the file")
                .isEmpty();
    }

    @Test
    void aRunThatOnlyMeasuresDrawsNothingAndRefusesNothing() {
        EvaluationSet set = new EvaluationSet("holdout.jsonl", null, "question", "answer", null, false);
        Recipe measuring = RecipeBuilder.recipe()
                .evaluation(new Evaluation(1, 3, List.of(1), Map.of("holdout", set), null))
                .build();
        RolloutRequest asked = planAt(FIRST).requests().get(0);
        RolloutRequest measured = new RolloutRequest(
                new RequestId("run", 0, Purpose.EVALUATION, 0, "holdout/q"),
                asked.seed(),
                asked.policy(),
                asked.domain(),
                "x*2+1=5",
                3,
                asked.generation());

        assertThat(new RoundDraw(new ArrivedTexts()).refusal(measured, Samples.run("run", measuring)))
                .isEmpty();
    }

    private static RolloutRequest question(RolloutRequest request, String question, String text) {
        return new RolloutRequest(
                new RequestId("run", request.id().round(), Purpose.UNLABELED, 0, question),
                request.seed(),
                request.policy(),
                request.domain(),
                text,
                request.samples(),
                request.generation());
    }

    @Test
    void twoRoundsOfHalfTheQuestionsAskEachOnce() {
        List<String> asked = new ArrayList<>();
        for (int version = FIRST; version < FIRST + 2; version++) {
            planAt(version).requests().forEach(request -> asked.add(request.id().question()));
        }

        assertThat(asked).containsExactlyInAnyOrder("q0", "q1", "q2", "q3");
    }

    @Test
    void theDrawDoesNotDependOnTheRun() {
        UnlabeledPlanner other = new UnlabeledPlanner(PATIENCE, STALLED_AFTER);
        Run otherRun = Samples.run("other", folder.resolve("unlabeled.jsonl"));
        other.on(otherRun);
        other.on(Samples.version(otherRun, FIRST));

        assertThat(other.plan(NOON).requests())
                .extracting(request -> request.id().question())
                .isEqualTo(planAt(FIRST).requests().stream()
                        .map(request -> request.id().question())
                        .toList());
    }

    @Test
    void labeledStagesAndTheLastVersionAskNothing() {
        assertThat(planAt(0)).isEqualTo(Plan.NOTHING);
        assertThat(planAt(FIRST - 1)).isEqualTo(Plan.NOTHING);
        assertThat(planAt(FIRST + Samples.UNLABELED_ROUNDS)).isEqualTo(Plan.NOTHING);
    }

    @Test
    void aRoundIsAskedOnce() {
        planAt(FIRST);
        planner.on(Samples.version(run, FIRST));

        assertThat(planner.plan(NOON.plusSeconds(59))).isEqualTo(Plan.NOTHING);
    }

    @Test
    void aVersionMayComeBeforeItsRun() {
        planner.on(Samples.version(run, FIRST));
        assertThat(planner.plan(NOON)).isEqualTo(Plan.NOTHING);

        planner.on(run);

        assertThat(planner.plan(NOON).requests()).hasSize(2);
    }

    @Test
    void ofSeveralVersionsOnlyTheNewestIsAsked() {
        planner.on(run);
        planner.on(Samples.version(run, FIRST + 1));
        planner.on(Samples.version(run, FIRST));

        assertThat(planner.plan(NOON).requests())
                .extracting(request -> request.id().round())
                .containsOnly(FIRST + 1);
    }

    @Test
    void whatIsLateIsAskedAgainUnderTheSameId() {
        List<RolloutRequest> first = planAt(FIRST).requests();
        settle(first.get(0), 3, NOON);

        Plan late = planner.plan(NOON.plus(PATIENCE));

        assertThat(late.askedAgain()).containsExactly(first.get(1));
        assertThat(late.asked()).isEmpty();
    }

    @Test
    void aRoundThatMovesIsNotLate() {
        List<RolloutRequest> asked = planAt(FIRST).requests();
        settle(asked.get(0), 1, NOON.plusSeconds(50));

        assertThat(planner.plan(NOON.plusSeconds(100))).isEqualTo(Plan.NOTHING);
        assertThat(planner.plan(NOON.plusSeconds(110)).askedAgain()).containsExactlyElementsOf(asked);
    }

    @Test
    void whatNobodyAnswersStaysAskedFor() {
        List<RolloutRequest> asked = planAt(FIRST).requests();
        settle(asked.get(0), 3, NOON);
        settle(asked.get(1), 1, NOON);
        for (int day = 1; day <= 100; day++) {
            assertThat(planner.plan(NOON.plus(Duration.ofDays(day))).askedAgain())
                    .containsExactly(asked.get(1));
        }

        assertThat(planner.openRequests()).isEqualTo(1);
        settle(asked.get(1), 3, NOON);
        assertThat(planner.openRequests()).isZero();
    }

    @Test
    void anAnsweredRoundIsClosed() {
        planAt(FIRST).requests().forEach(request -> settle(request, 3, NOON));

        assertThat(planner.openRequests()).isZero();
        assertThat(planner.plan(NOON.plus(PATIENCE))).isEqualTo(Plan.NOTHING);
        assertThat(planner.stalled(NOON.plus(STALLED_AFTER))).isEmpty();
    }

    @Test
    void theSameSampleTwiceCountsOnce() {
        RolloutRequest request = planAt(FIRST).requests().get(0);
        for (int delivery = 0; delivery < 3; delivery++) {
            settle(request, 1, NOON);
        }

        assertThat(planner.plan(NOON.plus(PATIENCE)).askedAgain()).contains(request);
    }

    @Test
    void aRestartedPlannerAsksOnlyWhatItCannotSeeSettled() {
        List<RolloutRequest> before = planAt(FIRST).requests();
        UnlabeledPlanner restarted = new UnlabeledPlanner(PATIENCE, STALLED_AFTER);
        restarted.on(run);
        for (int sample = 0; sample < 3; sample++) {
            restarted.on(failed(before.get(0), sample), NOON);
        }
        restarted.on(failed(before.get(1), 0), NOON);
        restarted.on(Samples.version(run, FIRST));

        assertThat(restarted.plan(NOON).asked()).containsExactly(before.get(1));
    }

    @Test
    void aPausedRunIsNotAskedUntilItResumes() {
        List<RolloutRequest> before = planAt(FIRST).requests();
        planner.on(run.withState(RunState.PAUSED));
        assertThat(planner.openRequests()).isZero();
        assertThat(planner.plan(NOON.plus(PATIENCE))).isEqualTo(Plan.NOTHING);

        planner.on(run);

        assertThat(planner.plan(NOON.plus(PATIENCE)).asked()).isEqualTo(before);
    }

    @Test
    void aFinishedRunNeedsNoSuccessor() {
        PolicyVersion version = Samples.version(run, FIRST);
        planAt(FIRST);
        assertThat(planner.awaits(version)).isTrue();

        planner.on(run.withState(RunState.FINISHED));
        planner.on(version);

        assertThat(planner.awaits(version)).isFalse();
        assertThat(planner.plan(NOON)).isEqualTo(Plan.NOTHING);
    }

    @Test
    void anInstanceThatLostThePartitionAsksNothing() {
        planAt(FIRST);
        planner.release();

        assertThat(planner.plan(NOON.plus(PATIENCE))).isEqualTo(Plan.NOTHING);
        assertThat(planner.openRequests()).isZero();
    }

    @Test
    void aStalledRoundNamesWhatItWaitsFor() {
        RolloutRequest oldest = planAt(FIRST).requests().get(0);

        assertThat(planner.stalled(NOON.plus(STALLED_AFTER).minusSeconds(1))).isEmpty();
        assertThat(planner.stalled(NOON.plus(STALLED_AFTER)).get("run"))
                .contains("round " + FIRST + " waits for 2 of 2 questions")
                .contains(oldest.id().question());
    }

    @Test
    void aFileWithAnswersIsRefusedAndNamed() {
        Samples.write(
                folder.resolve("unlabeled.jsonl"),
                List.of("{\"id\": \"q0\", \"question\": \"x*2+1=5\", \"answer\": \"2\"}"));

        assertThat(planAt(FIRST)).isEqualTo(Plan.NOTHING);
        assertThat(planner.problems().get("run")).contains("unlabeled.jsonl, line 1: column 'answer' is not allowed");
    }

    @Test
    void aRoundLargerThanTheFileIsNamed() {
        Samples.unlabeledFile(folder, 1);

        assertThat(planAt(FIRST)).isEqualTo(Plan.NOTHING);
        assertThat(planner.problems().get("run")).contains("2 questions").contains("only 1");
    }

    @Test
    void aMendedFileIsPickedUp() {
        Samples.unlabeledFile(folder, 1);
        planAt(FIRST);
        Samples.unlabeledFile(folder, 4);

        assertThat(planner.plan(NOON).asked()).hasSize(2);
        assertThat(planner.problems()).isEmpty();
    }

    @Test
    void theLogTellsThatARunBeginsThatItsRoundsCloseAndThatItEnds() {
        try (RunLines lines = new RunLines()) {
            planAt(FIRST).requests().forEach(request -> settle(request, 3, NOON));
            planAt(FIRST + 1).requests().forEach(request -> settle(request, 3, NOON));
            planner.on(run.withState(RunState.FINISHED));
            planner.on(run.withState(RunState.FINISHED));

            assertThat(lines.of("run"))
                    .containsExactly(
                            "run begun round=" + FIRST + " version=" + FIRST,
                            "round closed round=" + FIRST + " version=" + FIRST,
                            "round closed round=" + (FIRST + 1) + " version=" + (FIRST + 1),
                            "run finished round=" + (FIRST + 1) + " version=" + (FIRST + 1));
        }
    }

    private Plan planAt(int version) {
        planner.on(run);
        planner.on(Samples.version(run, version));
        return planner.plan(NOON);
    }

    private void settle(RolloutRequest request, int samples, Instant now) {
        for (int sample = 0; sample < samples; sample++) {
            planner.on(failed(request, sample), now);
        }
    }

    private static Trajectory failed(RolloutRequest request, int sample) {
        return Trajectory.failed(
                request.id().sample(sample), request.domain(), request.questionText(), "a test said so");
    }
}
