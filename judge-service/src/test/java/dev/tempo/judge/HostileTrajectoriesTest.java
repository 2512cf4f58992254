package dev.tempo.judge;

import static dev.tempo.judge.Rollouts.answering;
import static dev.tempo.judge.Rollouts.labeled;
import static dev.tempo.judge.Rollouts.unlabeled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.Answer;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.Run;
import dev.tempo.contract.Trajectory;
import dev.tempo.fixtures.hostile.HostileInputs;
import dev.tempo.judging.Judges;
import dev.tempo.judging.RunBuilder;
import dev.tempo.messaging.Received;
import dev.tempo.messaging.Wire;
import dev.tempo.messaging.letters.RefusedException;
import dev.tempo.runs.KnownRuns;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

/** Well-formed trajectories whose numbers lie, as judges and votes receive them: a dead letter, or no harm to those behind. */
class HostileTrajectoriesTest {
    private static final Run RUN = RunBuilder.aRun("r").active();

    private final KnownRuns runs = new KnownRuns(Duration.ZERO, () -> Instant.EPOCH);

    @BeforeEach
    void aRun() {
        runs.caughtUp();
        runs.readBy(() -> () -> true);
        runs.on(RUN);
    }

    private static HostileInputs lies(String reader) {
        return HostileInputs.of(reader)
                .lies()
                .refusedBy(JacksonException.class)
                .refusedBy(IllegalArgumentException.class)
                .refusedBy(RefusedException.class);
    }

    private static void refuseUnlessNull(@Nullable String refusal) {
        if (refusal != null) {
            throw new RefusedException(refusal);
        }
    }

    @Test
    void labeledTrajectories() {
        Answers answers = new Answers();
        answers.readBy(false, () -> () -> true);
        answers.on(new Answer("r", Purpose.LABELED, "q1", "x*3+4=2", "8", "default"));
        VerdictMeter meter = new VerdictMeter(new SimpleMeterRegistry());
        try (ChainExecutor executor = new ChainExecutor(2, Duration.ofSeconds(1), meter, () -> Instant.EPOCH)) {
            TrajectoryJudge judge = new TrajectoryJudge(runs, answers, new Judges(Judges.builtIn()), executor);
            Admission admission = Admission.byAnswers(runs, answers, Purpose.WARM_UP, Purpose.LABELED);
            Trajectory good = answering(labeled("r", "q1").sample(0), "8");
            lies("labeled trajectories before a judge")
                    .seed(Wire.write(answering(labeled("r", "q1").sample(1), "7")))
                    .into(input -> {
                        Trajectory hostile = Wire.read(Trajectory.class, input);
                        refuseUnlessNull(admission.refusal(hostile));
                        List<Trajectory> both = List.of(hostile, good);
                        Judged judged = judge.judge(both);
                        for (int call = 0; call < 100 && judged.done() < 2; call++) {
                            judged = judge.judge(both);
                        }
                        assertThat(judged.judged())
                                .anyMatch(verdict -> verdict.trajectory().equals(good));
                        return judged;
                    });
        }
    }

    @Test
    void votes() {
        Admission admission = Admission.toVotes(runs);
        int round = 1;
        lies("unlabeled trajectories before a vote")
                .seed(Wire.write(answering(unlabeled("r", round, "q").sample(1), "7")))
                .into(input -> {
                    Trajectory hostile = Wire.read(Trajectory.class, input);
                    VoteCounter votes = new VoteCounter(runs, new Judges(Judges.builtIn()), new VoteHistory());
                    String refusal = admission.refusal(hostile);
                    if (refusal == null) {
                        votes.vote(List.of(new Received<>(hostile, 0, 0, Instant.EPOCH)));
                    }
                    Voted voted = votes.vote(List.of(
                            new Received<>(answering(unlabeled("r", round, "q").sample(0), "8"), 0, 1, Instant.EPOCH),
                            new Received<>(answering(unlabeled("r", round, "q").sample(1), "8"), 0, 2, Instant.EPOCH),
                            new Received<>(answering(unlabeled("r", round, "q").sample(2), "8"), 0, 3, Instant.EPOCH)));
                    assertThat(voted.judged()).hasSize(3);
                    refuseUnlessNull(refusal);
                    return voted;
                });
    }
}
