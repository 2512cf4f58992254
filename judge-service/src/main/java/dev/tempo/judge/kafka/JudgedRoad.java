package dev.tempo.judge.kafka;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.Topic;
import dev.tempo.contract.Trajectory;
import dev.tempo.judge.Admission;
import dev.tempo.judge.OwnDomains;
import dev.tempo.judge.TrajectoryJudge;
import dev.tempo.messaging.letters.RefusedException;
import dev.tempo.timeline.OpenSpan;
import dev.tempo.timeline.SpanKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The road of trajectories that are judged by answers: in from one topic, out to another, or refused. */
final class JudgedRoad {
    private final Admission admission;
    private final TrajectoryJudge judge;
    private final OwnDomains domains;
    private final JudgedOutput output;
    private final Topic<JudgedTrajectory> out;

    JudgedRoad(
            Admission admission,
            TrajectoryJudge judge,
            OwnDomains domains,
            JudgedOutput output,
            Topic<JudgedTrajectory> out) {
        this.admission = admission;
        this.judge = judge;
        this.domains = domains;
        this.output = output;
        this.out = out;
    }

    /** @throws RefusedException of the first that belongs nowhere, once those before it are judged */
    void on(List<Trajectory> batch) {
        int admitted = 0;
        String refusal = null;
        while (refusal == null && admitted < batch.size()) {
            refusal = admission.refusal(batch.get(admitted));
            admitted += refusal == null ? 1 : 0;
        }
        List<Trajectory> admissible = batch.subList(0, admitted);
        output.publish(
                out,
                domains.own(OpenSpan.within(SpanKind.COMPUTATION, "verdicts").get(() -> judge.judge(admissible))));
        refuseUnlessNull(refusal, admitted);
    }

    private static void refuseUnlessNull(@Nullable String refusal, int done) {
        if (refusal != null) {
            throw new RefusedException(refusal, done);
        }
    }
}
