package dev.tempo.judge;

import static dev.tempo.judge.Rollouts.answering;
import static dev.tempo.judge.Rollouts.labeled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Answer;
import dev.tempo.contract.Outcome;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RunState;
import dev.tempo.contract.RunSubmitted;
import dev.tempo.contract.Trajectory;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JudgingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final RunSubmitted RUN = RunBuilder.aRun("r").active();

    private Instant now = Instant.EPOCH;
    private final ActiveRuns runs = new ActiveRuns(PATIENCE, () -> now);
    private final Answers answers = new Answers();
    private final HearingRoom room = new HearingRoom(
            2, PATIENCE, Duration.ofSeconds(1), new VerdictMeter(new SimpleMeterRegistry()), () -> now);
    private final Judging judging = new Judging(runs, answers, new Judges(Judges.builtIn()), room);

    private final Trajectory first = answering(labeled("r", "q1").sample(0), "8");
    private final Trajectory second = answering(labeled("r", "q2").sample(0), "8");

    @Test
    void aTrajectoryMeetsItsOwnAnswer() {
        runs.on(RUN);
        answer(Purpose.LABELED, "q1", "8");
        answer(Purpose.LABELED, "q2", "7");

        assertThat(judging.judge(List.of(first, second)).judged())
                .extracting(judged -> judged.verdict().outcome())
                .containsExactly(Outcome.CORRECT, Outcome.WRONG);
    }

    @Test
    void anEvaluationAnswerOfTheSameIdIsAnotherAnswer() {
        runs.on(RUN);
        answer(Purpose.EVALUATION, "q1", "8");

        assertThat(judging.judge(List.of(first)).waitingFor()).isEqualTo("the answer to r/0/labeled/q1");
    }

    @Test
    void aTrajectoryIsHeldUntilItsAnswerIsThereAndThoseBeforeItAreNot() {
        runs.on(RUN);
        answer(Purpose.LABELED, "q1", "8");

        Judged judged = judging.judge(List.of(first, second));

        assertThat(judged.judged()).hasSize(1);
        assertThat(judged.done()).isEqualTo(1);
        assertThat(judged.waitingFor()).isEqualTo("the answer to r/0/labeled/q2");
    }

    @Test
    void aFailedRolloutIsUndecidedForItsReason() {
        runs.on(RUN);

        var judged =
                judging.judge(List.of(Trajectory.failed(labeled("r", "q1").sample(0), "x*3+4=3", "out of memory")));

        assertThat(judged.judged().get(0).verdict())
                .extracting("outcome", "stage", "reason")
                .containsExactly(Outcome.UNDECIDED, "rollout", "out of memory");
    }

    @Test
    void theFirstTrajectoriesOfARunMayOvertakeTheRun() {
        runs.caughtUp();
        answer(Purpose.LABELED, "q1", "8");

        assertThat(judging.judge(List.of(first)).waitingFor()).isEqualTo("run r");
        now = now.plus(PATIENCE.minusMillis(1));
        assertThat(judging.judge(List.of(first)).waitingFor()).isEqualTo("run r");
        runs.on(RUN);
        assertThat(judging.judge(List.of(first)).judged()).hasSize(1);
    }

    @Test
    void aRunThatNobodyHasHeardOfIsLeftOutInTheEnd() {
        runs.caughtUp();
        judging.judge(List.of(first));
        now = now.plus(PATIENCE);

        assertThat(judging.judge(List.of(first))).isEqualTo(new Judged(List.of(), 1, null));
    }

    @Test
    void untilTheKnownRunsAreReadNobodyIsUnknown() {
        judging.judge(List.of(first));
        now = now.plus(PATIENCE.multipliedBy(100));

        assertThat(judging.judge(List.of(first)).waitingFor()).isEqualTo("run r");
    }

    @Test
    void aFinishedRunIsLeftOutAtOnce() {
        runs.caughtUp();
        runs.on(RUN.withState(RunState.FINISHED));

        assertThat(judging.judge(List.of(first))).isEqualTo(new Judged(List.of(), 1, null));
    }

    private void answer(Purpose purpose, String question, String text) {
        answers.on(new Answer("r", purpose, question, "x*3+4=3", text, "default"));
    }
}
