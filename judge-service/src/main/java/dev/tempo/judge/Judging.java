package dev.tempo.judge;

import dev.tempo.contract.Answer;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RunSubmitted;
import dev.tempo.contract.StopReason;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * Labeled and evaluation trajectories: each is joined with its question's answer and judged by the chain of the
 * answer's domain. A trajectory is held until its answer is there. Thread-safe.
 */
public final class Judging {
    private final ActiveRuns runs;
    private final Answers answers;
    private final Judges judges;

    public Judging(ActiveRuns runs, Answers answers, Judges judges) {
        this.runs = runs;
        this.answers = answers;
        this.judges = judges;
    }

    public Judged judge(List<Trajectory> trajectories) {
        List<JudgedTrajectory> judged = new ArrayList<>();
        for (int done = 0; done < trajectories.size(); done++) {
            Trajectory trajectory = trajectories.get(done);
            RequestId request = trajectory.id().request();
            RunSubmitted run = runs.active(request.run());
            if (run == null && runs.mayBecomeActive(request.run())) {
                return new Judged(judged, done, "run " + request.run());
            }
            if (run == null) {
                continue;
            }
            Answer answer = answers.to(request);
            if (answer == null && !trajectory.isFailed()) {
                return new Judged(judged, done, "the answer to " + request);
            }
            judged.add(new JudgedTrajectory(
                    trajectory,
                    answer == null || trajectory.isFailed()
                            ? FailedRollout.verdict(trajectory)
                            : verdict(run, answer, trajectory)));
        }
        return new Judged(judged, trajectories.size(), null);
    }

    private Verdict verdict(RunSubmitted run, Answer answer, Trajectory trajectory) {
        return JudgeChain.of(run.recipe(), answer.domain(), judges)
                .judge(
                        answer.text(),
                        answer.answer(),
                        trajectory.response(),
                        trajectory.stopReason() == StopReason.END);
    }
}
