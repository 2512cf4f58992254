package dev.tempo.judge;

import static dev.tempo.judge.Rollouts.answering;
import static dev.tempo.judge.Rollouts.labeled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Answer;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.fixtures.RecipeBuilder;
import dev.tempo.contract.fixtures.StageBuilder;
import dev.tempo.judging.Judges;
import dev.tempo.judging.RunBuilder;
import dev.tempo.plugin.Judge;
import dev.tempo.plugin.JudgeUnavailableException;
import dev.tempo.plugin.Outcome;
import dev.tempo.plugin.Verdict;
import dev.tempo.runs.KnownRuns;
import dev.tempo.runs.ShadowQuestion;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrajectoryJudgeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);
    private static final Run RUN = RunBuilder.aRun("r").active();

    private volatile Instant now = Instant.EPOCH;
    private final KnownRuns runs = new KnownRuns(PATIENCE, () -> now);
    private final Answers answers = new Answers();
    private final ChainExecutor executor =
            new ChainExecutor(2, ASK_AGAIN, new VerdictMeter(new SimpleMeterRegistry()), () -> now);
    private final TrajectoryJudge judging = new TrajectoryJudge(runs, answers, new Judges(Judges.builtIn()), executor);

    private final Trajectory first = answering(labeled("r", "q1").sample(0), "8");
    private final Trajectory second = answering(labeled("r", "q2").sample(0), "8");

    @AfterEach
    void leave() {
        executor.close();
    }

    @Test
    void aTrajectoryMeetsItsOwnAnswer() {
        runs.on(RUN);
        answer(Purpose.LABELED, "q1", "8");
        answer(Purpose.LABELED, "q2", "7");

        assertThat(judged(judging, first, second).judged())
                .extracting(judged -> judged.verdict().outcome())
                .containsExactly(Outcome.CORRECT, Outcome.WRONG);
    }

    @Test
    void anEvaluationAnswerOfTheSameIdIsAnotherAnswer() {
        runs.on(RUN);
        answer(Purpose.EVALUATION, "q1", "8");

        assertThat(judged(judging, first).waitingFor()).isEqualTo("the answer to r/0/labeled/q1");
    }

    @Test
    void aTrajectoryIsHeldUntilItsAnswerIsThereAndThoseBeforeItAreNot() {
        runs.on(RUN);
        answer(Purpose.LABELED, "q1", "8");

        Judged judged = judged(judging, first, second);

        assertThat(judged.judged()).hasSize(1);
        assertThat(judged.done()).isEqualTo(1);
        assertThat(judged.waitingFor()).isEqualTo("the answer to r/0/labeled/q2");
    }

    /** What was read decides, and no clock. */
    @Test
    void aQuestionHasNoAnswerOnceOthersHaveTheirsAndAllIsReadThatWasThereWhenItsTrajectoryCame() {
        AtomicBoolean read = new AtomicBoolean();
        answers.readBy(false, () -> read::get);
        runs.on(RUN);
        Admission admission = Admission.byAnswers(runs, answers, Purpose.LABELED);
        read.set(true);
        assertThat(admission.refusal(second)).as("no answer of the set is here").isNull();
        read.set(false);
        answer(Purpose.LABELED, "q1", "8");
        now = now.plus(PATIENCE.multipliedBy(100));
        assertThat(admission.refusal(second)).as("not all is read").isNull();

        read.set(true);

        assertThat(admission.refusal(second))
                .isEqualTo("the answers of run r are all here, and none is to r/0/labeled/q2");
        assertThat(admission.refusal(first)).isNull();
    }

    @Test
    void shadowTrafficHasNoAnswerAndHoldsNobodyUp() {
        Run shadowing = new Run(
                "r",
                RunState.ACTIVE,
                RecipeBuilder.recipe(StageBuilder.testTime("use").build())
                        .judges(Map.of("default", List.of("block-inversion")))
                        .shadowing()
                        .build(),
                RUN.base(),
                RUN.directory(),
                null);
        runs.on(shadowing);
        answer(Purpose.LABELED, "q1", "8");
        RequestId request = new RequestId("r", 0, Purpose.EVALUATION, 0, new ShadowQuestion(3, "chat-0f").id());
        Trajectory shadow = answering(request.sample(0), "8");

        Judged judged = judged(judging, shadow, first);

        assertThat(judged.waitingFor()).isNull();
        assertThat(judged.judged()).extracting(JudgedTrajectory::trajectory).containsExactly(first);
        assertThat(Admission.byAnswers(runs, answers, Purpose.EVALUATION).refusal(shadow))
                .isNull();
    }

    @Test
    void aFailedRolloutIsUndecidedForItsReason() {
        runs.on(RUN);

        var judged =
                judged(judging, Trajectory.failed(labeled("r", "q1").sample(0), "default", "x*3+4=3", "out of memory"));

        assertThat(judged.judged().get(0).verdict())
                .extracting("outcome", "stage", "reason")
                .containsExactly(Outcome.UNDECIDED, "rollout", "out of memory");
    }

    @Test
    void theFirstTrajectoriesOfARunMayOvertakeTheRun() {
        runs.caughtUp();
        answer(Purpose.LABELED, "q1", "8");

        assertThat(judged(judging, first).waitingFor()).isEqualTo("run r");
        now = now.plus(PATIENCE.minusMillis(1));
        assertThat(judged(judging, first).waitingFor()).isEqualTo("run r");
        runs.on(RUN);
        assertThat(judged(judging, first).judged()).hasSize(1);
    }

    @Test
    void aRunThatNobodyHasHeardOfIsLeftOutInTheEnd() {
        runs.caughtUp();
        judged(judging, first);
        now = now.plus(PATIENCE);

        assertThat(judged(judging, first)).isEqualTo(new Judged(List.of(), 1, null));
    }

    @Test
    void untilTheKnownRunsAreReadNobodyIsUnknown() {
        judged(judging, first);
        now = now.plus(PATIENCE.multipliedBy(100));

        assertThat(judged(judging, first).waitingFor()).isEqualTo("run r");
    }

    @Test
    void aFinishedRunIsLeftOutAtOnce() {
        runs.caughtUp();
        runs.on(RUN.withState(RunState.FINISHED));

        assertThat(judged(judging, first)).isEqualTo(new Judged(List.of(), 1, null));
    }

    @Test
    void aTrajectoryWhoseJudgeIsUnavailableIsHeldAndAskedAboutAgain() {
        AwayJudge away = new AwayJudge();
        TrajectoryJudge withAway = with(away);

        assertThat(judged(withAway, first).waitingFor()).isEqualTo("judge 'away' is unavailable: gone for lunch");
        assertThat(withAway.judge(List.of(first)).judged()).isEmpty();
        int asked = away.asked.get();
        assertThat(asked).as("left alone before its time").isEqualTo(1);
        away.isBack = true;
        now = now.plus(ASK_AGAIN);
        assertThat(verdict(withAway, first)).extracting(Verdict::outcome).isEqualTo(Outcome.CORRECT);
        assertThat(away.asked).hasValue(2);
    }

    @Test
    void howeverLongAJudgeIsUnavailableAnOutageIsNoVerdict() {
        AwayJudge away = new AwayJudge();
        TrajectoryJudge withAway = with(away);
        answer(Purpose.LABELED, "q2", "8");
        for (int day = 1; day <= 100; day++) {
            assertThat(judged(withAway, first, second))
                    .isEqualTo(new Judged(List.of(), 0, Obstacle.judge("judge 'away' is unavailable: gone for lunch")));
            now = now.plus(Duration.ofDays(1));
        }

        away.isBack = true;
        Judged judged = judged(withAway, first, second);
        while (judged.done() < 2) {
            now = now.plus(ASK_AGAIN);
            judged = judged(withAway, first, second);
        }
        assertThat(judged.judged())
                .extracting(decided -> decided.verdict().outcome())
                .containsExactly(Outcome.CORRECT, Outcome.CORRECT);
    }

    @Test
    void aListOverWhichNothingHasToBeAskedTwiceRemembersItsVerdicts() {
        AwayJudge counting = new AwayJudge();
        counting.isBack = true;
        TrajectoryJudge withCounting = with(counting);

        verdict(withCounting, first);
        verdict(withCounting, first);

        assertThat(counting.asked)
                .as("publishing failed and the list came again")
                .hasValue(1);
    }

    private TrajectoryJudge with(Judge judge) {
        runs.on(RunBuilder.aRun("r")
                .judgedBy(Map.of("default", List.of(judge.name())))
                .active());
        answer(Purpose.LABELED, "q1", "8");
        return new TrajectoryJudge(runs, answers, new Judges(List.of(judge)), executor);
    }

    private static Verdict verdict(TrajectoryJudge judging, Trajectory trajectory) {
        Judged judged = judging.judge(List.of(trajectory));
        while (judged.judged().isEmpty()) {
            judged = judging.judge(List.of(trajectory));
        }
        return judged.judged().get(0).verdict();
    }

    /** What a list comes to as often as it takes for judges that are at work to finish. */
    private static Judged judged(TrajectoryJudge judging, Trajectory... list) {
        List<Trajectory> trajectories = List.of(list);
        Judged judged = judging.judge(trajectories);
        while (judged.waitingFor() != null && judged.waitingFor().startsWith("the verdict on ")) {
            judged = judging.judge(trajectories);
        }
        return judged;
    }

    private static final class AwayJudge implements Judge {
        private final AtomicInteger asked = new AtomicInteger();
        private volatile boolean isBack;

        @Override
        public String name() {
            return "away";
        }

        @Override
        public String version() {
            return "7";
        }

        @Override
        public Verdict judge(String question, String reference, String response, boolean ended) {
            asked.incrementAndGet();
            if (isBack) {
                return decided(true, "test", "8", "it is back");
            }
            throw new JudgeUnavailableException(this, "gone for lunch", null);
        }
    }

    private void answer(Purpose purpose, String question, String text) {
        answers.on(new Answer("r", purpose, question, "x*3+4=3", text, "default"));
    }
}
