package dev.tempo.eval;

import static dev.tempo.eval.Verdicts.correct;
import static dev.tempo.eval.Verdicts.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.eval.dashboard.OtherServices;
import dev.tempo.eval.dashboard.RunHistory;
import dev.tempo.eval.report.MeasuredQuestion;
import dev.tempo.messaging.Outgoing;
import dev.tempo.messaging.letters.RefusedException;
import dev.tempo.messaging.service.RunLines;
import dev.tempo.plugin.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.contributor.Status;

class EvaluationPlannerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private Instant now = Instant.EPOCH;
    private final OtherServices alone = new OtherServices(Map.of(), List::of, () -> now);
    private final EvaluationPlanner planner = new EvaluationPlanner(
            new EvalProperties(PATIENCE, Duration.ofMinutes(5), Map.of(), null, "tempo"), () -> now);
    private Run run = RunBuilder.aRun("unused", Path.of("unused")).active();

    @BeforeEach
    void submit() {
        run = RunBuilder.aRun("r", directory).measuredOn("a", 2).active();
    }

    @Test
    void aDueVersionIsAskedForAfterItsAnswersAreOut() {
        ready();
        planner.on(run);

        List<Outgoing<?>> outgoing = planner.on(version(0));

        assertThat(outgoing)
                .extracting(Outgoing::topic)
                .isEqualTo(List.of(Topics.EVALUATION_ANSWERS, Topics.EVALUATION_ROLLOUT_REQUESTS));
        assertThat(of(Topics.EVALUATION_ANSWERS, outgoing)).hasSize(2).allSatisfy(answer -> {
            assertThat(answer.purpose()).isEqualTo(Purpose.EVALUATION);
            assertThat("question " + answer.answer()).isEqualTo(answer.text());
        });
        assertThat(of(Topics.EVALUATION_ROLLOUT_REQUESTS, outgoing))
                .hasSize(2)
                .first()
                .satisfies(request -> {
                    assertThat(request.id()).isEqualTo(request(0, "a/q0"));
                    assertThat(request.samples()).isEqualTo(2);
                    assertThat(request.seed()).isEqualTo(7);
                    assertThat(request.questionText()).isEqualTo("question 0");
                });
    }

    @Test
    void verdictsThatNobodyAwaitsAreRefusedWithTheirReasonAndCloseNothing() {
        ready();
        planner.on(run);
        planner.on(version(0));
        Map<TrajectoryId, String> poison = Map.of(
                request(0, "a/nowhere").sample(0), "of no question of its set",
                request(0, "nowhere/q0").sample(0), "there is no set 'nowhere'",
                request(0, "a/q0").sample(2), "sample 2 of r/0/evaluation/a/q0 is none of the 2",
                request(1, "a/q0").sample(0), "version 1 of r/1/evaluation/a/q0#0 is not measured",
                request(1_000, "a/q0").sample(0), "version 1000",
                new RequestId("r", 0, Purpose.LABELED, 0, "a/q0").sample(0), "belongs to another topic");

        poison.forEach((id, reason) -> assertThatThrownBy(() -> planner.on(correct(id, "0")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(reason));
        assertThat(planner.on(correct(request(0, "a/q0").sample(0), "0"))).isEmpty();
        assertThat(planner.on(correct(request(0, "a/q0").sample(1), "0"))).isEmpty();
        assertThat(planner.on(correct(request(0, "a/q1").sample(0), "1"))).isEmpty();
        assertThat(planner.on(correct(request(0, "a/q1").sample(1), "1")))
                .extracting(Outgoing::topic)
                .isEqualTo(List.of(Topics.EVALUATION_REPORTS));
    }

    @Test
    void answersGoOutOnceAndVersionsThatAreNotDueAreNotAskedFor() {
        ready();
        planner.on(run);
        planner.on(version(0));

        assertThat(planner.on(version(1))).isEmpty();
        assertThat(planner.on(version(2)))
                .extracting(Outgoing::topic)
                .isEqualTo(List.of(Topics.EVALUATION_ROLLOUT_REQUESTS));
        assertThat(planner.on(version(2))).isEmpty();
    }

    @Test
    void nothingIsAskedBeforeAllThatIsThereIsKnown() {
        assertThat(planner.assigned(1)).isEmpty();
        assertThat(planner.on(run)).isEmpty();
        assertThat(planner.on(version(0))).isEmpty();
        planner.on(report(0));
        assertThat(planner.on(version(2))).isEmpty();

        assertThat(rounds(planner.caughtUp())).containsOnly(2);
    }

    @Test
    void aStandbyAsksForNothingUntilItTakesOver() {
        planner.caughtUp();
        planner.on(run);
        assertThat(planner.on(version(0))).isEmpty();

        assertThat(rounds(planner.assigned(1))).containsOnly(0);
        planner.revoked();
        assertThat(planner.openRequests()).isZero();
        assertThat(rounds(planner.assigned(1))).containsOnly(0);
    }

    @Test
    void theLastVerdictMakesTheReport() {
        ready();
        planner.on(run);
        planner.on(version(0));

        assertThat(judgeAllBut(0, 1)).isEmpty();
        List<Outgoing<?>> outgoing = planner.on(correct(request(0, "a/q1").sample(1), "1"));

        assertThat(of(Topics.EVALUATION_REPORTS, outgoing)).singleElement().satisfies(report -> {
            assertThat(report.version()).isZero();
            assertThat(report.sets().get(0).avg().value()).isEqualTo(1);
        });
        assertThat(planner.openRequests()).isZero();
        assertThat(planner.on(version(0))).isEmpty();
    }

    @Test
    void theLogTellsWhenAnEvaluationIsDone() {
        try (RunLines lines = new RunLines()) {
            ready();
            planner.on(run);
            planner.on(version(0));
            judgeAllBut(0, 1);
            planner.on(correct(request(0, "a/q1").sample(1), "1"));

            assertThat(lines.of("r"))
                    .containsExactly("run begun round=0 version=0", "evaluation done round=0 version=0");
        }
    }

    @Test
    void verdictsOfOtherRunsAndVersionsAreIgnored() {
        ready();
        planner.on(run);
        planner.on(version(0));

        assertThat(planner.on(correct(request(2, "a/q0").sample(0), "0"))).isEmpty();
        RequestId stranger = new RequestId("stranger", 0, Purpose.EVALUATION, 0, "a/q0");
        assertThat(planner.on(correct(stranger.sample(0), "0"))).isEmpty();
        assertThat(planner.openRequests()).isEqualTo(2);
    }

    @Test
    void whatIsLateIsAskedForAgainUnderItsOldId() {
        ready();
        planner.on(run);
        planner.on(version(0));
        judgeAllBut(0, 1);

        now = now.plus(PATIENCE.minusSeconds(1));
        assertThat(planner.tick()).isEmpty();
        now = now.plusSeconds(1);
        assertThat(of(Topics.EVALUATION_ROLLOUT_REQUESTS, planner.tick()))
                .extracting(RolloutRequest::id)
                .containsExactly(request(0, "a/q1"));
        assertThat(planner.tick()).isEmpty();
    }

    @Test
    void whileTheRunGoesOnNothingIsLate() {
        ready();
        planner.on(run);
        planner.on(version(0));
        now = now.plus(PATIENCE);
        planner.on(version(1));

        assertThat(planner.tick()).isEmpty();
    }

    @Test
    void whatIsLateIsWaitedForAndWhatFailedIsCounted() {
        ready();
        planner.on(run);
        planner.on(version(0));
        judgeAllBut(0, 1);
        for (int day = 1; day <= 100; day++) {
            now = now.plus(Duration.ofDays(1));
            assertThat(of(Topics.EVALUATION_ROLLOUT_REQUESTS, planner.tick()))
                    .extracting(RolloutRequest::id)
                    .containsExactly(request(0, "a/q1"));
        }

        assertThat(of(
                        Topics.EVALUATION_REPORTS,
                        planner.on(failed(request(0, "a/q1").sample(1)))))
                .singleElement()
                .satisfies(report -> assertThat(report.sets().get(0).failed()).isEqualTo(1));
    }

    @Test
    void valuesThatAreLateAreAskedForToo() {
        ready();
        run = RunBuilder.aRun("r", directory)
                .measuredOn("a", 2)
                .withCriticQualityOn("a")
                .active();
        planner.on(run);
        planner.on(version(0));
        judgeAllBut(0, 1);
        planner.on(correct(request(0, "a/q1").sample(1), "1"));
        planner.on(Verdicts.valued(request(0, "a/q0").sample(0), 1));
        planner.on(Verdicts.valued(request(0, "a/q0").sample(1), 1));
        now = now.plus(PATIENCE);

        assertThat(of(Topics.EVALUATION_ROLLOUT_REQUESTS, planner.tick()))
                .extracting(RolloutRequest::id)
                .containsExactly(request(0, "a/q1"));
    }

    @Test
    void aPausedRunIsForgottenAndAskedForAnewWhenItGoesOn() {
        ready();
        planner.on(run);
        planner.on(version(0));
        planner.on(run.withState(RunState.PAUSED));
        assertThat(planner.openRequests()).isZero();
        now = now.plus(PATIENCE);
        assertThat(planner.tick()).isEmpty();

        assertThat(rounds(planner.on(run))).containsOnly(0);
    }

    @Test
    void aBenchmarkThatCannotBeReadIsAProblemOfItsRunAlone() {
        ready();
        Run broken = RunBuilder.aRun("broken", directory)
                .measuredOn("a", directory.resolve("missing.jsonl"))
                .active();
        planner.on(broken);

        assertThat(planner.on(RunBuilder.version(broken, 0, Map.of()))).isEmpty();
        assertThat(planner.problems()).containsOnlyKeys("run broken");
        assertThat(planner.problems().get("run broken")).contains("missing.jsonl");
        assertThat(new EvalHealth(planner, new EndingRuns(new RunHistory(), () -> Instant.EPOCH), alone)
                        .health()
                        .getStatus())
                .isEqualTo(Status.DOWN);
        planner.on(run);
        assertThat(planner.on(version(0))).isNotEmpty();
    }

    @Test
    void aRoundWithoutNewsIsStalledAndSaysWhatItMisses() {
        ready();
        planner.on(run);
        planner.on(version(0));
        judgeAllBut(0, 1);
        assertThat(planner.stalledRounds()).isZero();
        now = now.plus(Duration.ofMinutes(5));

        assertThat(planner.stalledRounds()).isEqualTo(1);
        assertThat(planner.stalled()).isEqualTo(Map.of("run r", "v0 waits for 1 verdict"));
        assertThat(new EvalHealth(planner, new EndingRuns(new RunHistory(), () -> Instant.EPOCH), alone)
                        .health()
                        .getStatus())
                .isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(planner.waitingFor()).isEqualTo(Map.of("run r v0", "1 verdict"));
    }

    @Test
    void aRunThatStartsFromACachedStageTakesOverItsReportsAndNamesTheirOrigin() {
        ready();
        planner.on(run);
        planner.on(report(0));
        planner.on(report(2));
        planner.on(report(4));
        Run next = RunBuilder.aRun("next", directory)
                .measuredOn("a", 2)
                .startingAt(4, "r")
                .active();

        List<EvaluationReport> adopted = of(Topics.EVALUATION_REPORTS, planner.on(next));

        assertThat(adopted).extracting(EvaluationReport::run).containsOnly("next");
        assertThat(adopted).extracting(EvaluationReport::version).containsExactly(0, 2);
        assertThat(adopted).extracting(EvaluationReport::origin).containsOnly("r");
        assertThat(planner.on(next)).isEmpty();
        assertThat(rounds(planner.on(RunBuilder.version(next, 4, Map.of())))).containsOnly(4);
    }

    @Test
    void aModelAloneIsAskedForOnceItIsKnownThatNothingIsThereOfIt() {
        ready();
        run = RunBuilder.aRun("r", directory).measuredOn("a", 2).alone().active();
        planner.on(run);

        assertThat(planner.on(version(0))).extracting(Outgoing::topic).isEqualTo(List.of(Topics.EVALUATION_ANSWERS));
        assertThat(planner.looksBack()).isTrue();

        assertThat(of(Topics.EVALUATION_ROLLOUT_REQUESTS, planner.lookedBack()))
                .extracting(RolloutRequest::id)
                .containsExactly(request(0, "a/q0"), request(0, "a/q1"));
        assertThat(planner.looksBack()).isFalse();
        assertThat(planner.lookedBack()).isEmpty();
    }

    @Test
    void whatAKilledMeasurementOfAModelAloneHadComeToIsNotAskedForAgain() {
        ready();
        run = RunBuilder.aRun("r", directory).measuredOn("a", 2).alone().active();
        planner.on(run);
        planner.on(version(0));
        judgeAllBut(0, 1);

        assertThat(planner.next()).as("it is not known yet what there is").isEmpty();
        assertThat(of(Topics.EVALUATION_ROLLOUT_REQUESTS, planner.lookedBack()))
                .extracting(RolloutRequest::id)
                .containsExactly(request(0, "a/q1"));
        assertThat(planner.openRequests()).isEqualTo(1);
        now = now.plus(PATIENCE);
        assertThat(of(Topics.EVALUATION_ROLLOUT_REQUESTS, planner.tick()))
                .as("it is lost")
                .extracting(RolloutRequest::id)
                .containsExactly(request(0, "a/q1"));
    }

    @Test
    void ofAModelAloneFewQuestionsAreAskedAheadOfWhatIsAnswered() {
        ready();
        run = RunBuilder.aRun("r", directory).measuredOn("a", 70).alone().active();
        planner.on(run);
        planner.on(version(0));

        List<RolloutRequest> first = of(Topics.EVALUATION_ROLLOUT_REQUESTS, planner.lookedBack());
        assertThat(first).hasSize(64);
        assertThat(planner.next()).isEmpty();
        planner.on(correct(request(0, "a/q3").sample(0), "3"));
        assertThat(planner.next()).as("a sample of it is missing").isEmpty();
        planner.on(correct(request(0, "a/q3").sample(1), "3"));
        planner.on(correct(request(0, "a/q5").sample(0), "5"));
        planner.on(failed(request(0, "a/q5").sample(1)));

        assertThat(of(Topics.EVALUATION_ROLLOUT_REQUESTS, planner.next()))
                .extracting(RolloutRequest::id)
                .containsExactly(request(0, "a/q64"), request(0, "a/q65"));
        now = now.plus(PATIENCE);
        assertThat(of(Topics.EVALUATION_ROLLOUT_REQUESTS, planner.tick()))
                .as("what was never asked for is not late")
                .hasSize(64)
                .noneMatch(request -> request.id().question().equals("a/q66"));
    }

    @Test
    void theQuestionsOfAModelAloneAreLeftBesideItsReport() {
        ready();
        run = RunBuilder.aRun("r", directory).measuredOn("a", 2).alone().active();
        planner.on(run);
        planner.on(version(0));
        planner.lookedBack();
        judgeAllBut(0, 1);

        assertThat(directory.resolve("questions.jsonl")).doesNotExist();
        List<Outgoing<?>> last = planner.on(Verdicts.wrong(request(0, "a/q1").sample(1), null, false));

        assertThat(of(Topics.EVALUATION_REPORTS, last)).singleElement().satisfies(report -> {
            assertThat(report.last()).isTrue();
            assertThat(report.stage()).isEqualTo("evaluation");
            assertThat(report.sets().get(0).avg().value()).isEqualTo(.75);
        });
        assertThat(MeasuredQuestion.read(directory.resolve("questions.jsonl")))
                .isEqualTo(List.of(
                        new MeasuredQuestion(
                                "a",
                                "a/q0",
                                1.0,
                                Map.of(1, 1.0, 2, 1.0),
                                1.0,
                                List.of(response(Outcome.CORRECT, "0"), response(Outcome.CORRECT, "0"))),
                        new MeasuredQuestion(
                                "a",
                                "a/q1",
                                .5,
                                Map.of(1, .5, 2, 1.0),
                                1.0,
                                List.of(response(Outcome.CORRECT, "1"), response(Outcome.WRONG, null)))));
    }

    private static MeasuredQuestion.Response response(Outcome outcome, @Nullable String answer) {
        return new MeasuredQuestion.Response(outcome, answer, 1, false);
    }

    private void ready() {
        planner.caughtUp();
        planner.assigned(1);
    }

    /** Judges all samples of version 0 but one of the last question. */
    private List<Outgoing<?>> judgeAllBut(int version, int sample) {
        List<Outgoing<?>> outgoing = new ArrayList<>();
        outgoing.addAll(planner.on(correct(request(version, "a/q0").sample(0), "0")));
        outgoing.addAll(planner.on(correct(request(version, "a/q0").sample(1), "0")));
        outgoing.addAll(planner.on(correct(request(version, "a/q1").sample(1 - sample), "1")));
        return outgoing;
    }

    private PolicyVersion version(int version) {
        return RunBuilder.version(run, version, Map.of());
    }

    private EvaluationReport report(int version) {
        return new EvaluationReport("r", version, "stage1", version, false, List.of(), null, 0, 0, null);
    }

    private static RequestId request(int version, String question) {
        return new RequestId("r", version, Purpose.EVALUATION, 0, question);
    }

    private static List<Integer> rounds(List<Outgoing<?>> outgoing) {
        return of(Topics.EVALUATION_ROLLOUT_REQUESTS, outgoing).stream()
                .map(request -> request.id().round())
                .toList();
    }

    private static <V> List<V> of(Topic<V> topic, List<Outgoing<?>> outgoing) {
        return outgoing.stream()
                .filter(some -> some.topic().equals(topic))
                .flatMap(some -> some.messages().stream())
                .map(topic.type()::cast)
                .toList();
    }
}
