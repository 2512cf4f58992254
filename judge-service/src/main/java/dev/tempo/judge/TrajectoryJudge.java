package dev.tempo.judge;

import dev.tempo.contract.Answer;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.Run;
import dev.tempo.contract.StopReason;
import dev.tempo.contract.Trajectory;
import dev.tempo.judging.JudgeChain;
import dev.tempo.judging.Judges;
import dev.tempo.messaging.service.Stopwatch;
import dev.tempo.plugin.Verdict;
import dev.tempo.runs.KnownRuns;
import dev.tempo.runs.ShadowQuestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Labeled or evaluation trajectories: each is joined with its question's answer and judged by the chain of the answer's
 * domain. A trajectory is held until its answer is there, and while a judge that is needed is unavailable. One for each
 * road, called from one thread.
 *
 * <p>All trajectories of a list are judged at the same time, as far as the judges and the room allow, and come out in the
 * list's order. A call returns within a fraction of a second with those at the head that are done; what is judged meanwhile
 * is remembered until the list comes without it, so memory is bounded by the list.
 */
public final class TrajectoryJudge {
    private static final long SLICE = Duration.ofMillis(200).toNanos();

    private final KnownRuns runs;
    private final Answers answers;
    private final Judges judges;
    private final ChainExecutor executor;
    private Map<Trajectory, HeldTrajectory> held = new IdentityHashMap<>();

    public TrajectoryJudge(KnownRuns runs, Answers answers, Judges judges, ChainExecutor executor) {
        this.runs = runs;
        this.answers = answers;
        this.judges = judges;
        this.executor = executor;
    }

    public Judged judge(List<Trajectory> trajectories) {
        forgetOthers(trajectories);
        boolean[] dropped = new boolean[trajectories.size()];
        Obstacle missing = null;
        int joined = 0;
        while (missing == null && joined < trajectories.size()) {
            Trajectory trajectory = trajectories.get(joined);
            RequestId request = trajectory.id().request();
            Run run = runs.active(request.run());
            Answer answer = answers.to(request);
            // nobody knows the answer to what a chat asked, and a judge needs one
            boolean shadow = run != null && ShadowQuestion.isAsked(run.recipe(), request);
            dropped[joined] = shadow || run == null && !runs.mayBecomeActive(request.run());
            if (run == null && !dropped[joined]) {
                missing = Obstacle.run(request.run());
            } else if (run != null && answer == null && !trajectory.isFailed() && !shadow) {
                missing = Obstacle.answer(request);
            } else {
                if (run != null && answer != null && !trajectory.isFailed()) {
                    held.computeIfAbsent(trajectory, first -> executor.begin(() -> decided(run, answer, first)));
                }
                joined++;
            }
        }
        return collect(trajectories.subList(0, joined), dropped, missing);
    }

    private Judged collect(List<Trajectory> joined, boolean[] dropped, @Nullable Obstacle missing) {
        // Those behind one that is held have to be asked about again in their own time.
        held.values().forEach(own -> own.verdict(0));
        List<JudgedTrajectory> judged = new ArrayList<>();
        Stopwatch call = Stopwatch.start();
        for (int done = 0; done < joined.size(); done++) {
            Trajectory trajectory = joined.get(done);
            HeldTrajectory own = held.get(trajectory);
            if (dropped[done]) {
                continue;
            }
            Verdict verdict = own == null
                    ? FailedRollout.verdict(trajectory)
                    : own.verdict(SLICE - call.elapsed().toNanos());
            if (verdict == null) {
                String obstacle = own == null ? null : own.obstacle();
                return new Judged(
                        judged, done, obstacle == null ? Obstacle.verdict(trajectory.id()) : Obstacle.judge(obstacle));
            }
            judged.add(new JudgedTrajectory(trajectory, verdict));
        }
        return new Judged(judged, joined.size(), missing);
    }

    private void forgetOthers(List<Trajectory> trajectories) {
        Map<Trajectory, HeldTrajectory> still = new IdentityHashMap<>();
        for (Trajectory trajectory : trajectories) {
            HeldTrajectory own = held.get(trajectory);
            if (own != null) {
                still.put(trajectory, own);
            }
        }
        held = still;
    }

    private JudgeChain.ChainVerdict decided(Run run, Answer answer, Trajectory trajectory) {
        return JudgeChain.of(run.recipe(), answer.domain(), judges)
                .decide(
                        answer.text(),
                        answer.answer(),
                        trajectory.response(),
                        trajectory.stopReason() == StopReason.END);
    }
}
