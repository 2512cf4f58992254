package dev.tempo.judge;

import dev.tempo.contract.Purpose;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.runs.AskedTrajectories;
import dev.tempo.runs.KnownRuns;
import org.jspecify.annotations.Nullable;

/** The trajectories of a topic that are judged, as opposed to those that nobody can have asked for. Thread-safe. */
public final class Admission {
    private final AskedTrajectories asked;
    private final @Nullable Answers answers;

    private Admission(AskedTrajectories asked, @Nullable Answers answers) {
        this.asked = asked;
        this.answers = answers;
    }

    /** Those that are judged by reference answers. */
    public static Admission byAnswers(KnownRuns runs, Answers answers, Purpose... purposes) {
        return new Admission(new AskedTrajectories(runs, purposes), answers);
    }

    /** Those that are voted on. */
    public static Admission toVotes(KnownRuns runs) {
        return new Admission(new AskedTrajectories(runs, Purpose.UNLABELED), null);
    }

    /** The reason why the trajectory belongs nowhere; null where it has its place, or may have. */
    public @Nullable String refusal(Trajectory trajectory) {
        TrajectoryId id = trajectory.id();
        String misplaced = asked.refusal(id);
        if (misplaced != null
                || answers == null
                || trajectory.isFailed()
                || asked.isShadow(id.request())
                || !answers.lack(id.request())) {
            return misplaced;
        }
        return "the answers of run " + id.request().run() + " are all here, and none is to " + id.request();
    }
}
