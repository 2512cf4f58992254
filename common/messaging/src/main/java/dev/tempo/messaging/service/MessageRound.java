package dev.tempo.messaging.service;

import dev.tempo.contract.Answer;
import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Promotion;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunEnd;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.timeline.OpenSpan;
import org.jspecify.annotations.Nullable;

/**
 * The run and the round that a message belongs to, for the timeline.
 *
 * @param run null where a message tells of none
 * @param round -1 where it belongs to the whole run
 */
public record MessageRound(@Nullable String run, int round) {
    private static final int NONE = -1;

    public static MessageRound of(Object message) {
        if (message instanceof Trajectory trajectory) {
            return of(trajectory.id().request());
        } else if (message instanceof JudgedTrajectory judged) {
            return of(judged.trajectory().id().request());
        } else if (message instanceof ValuedTrajectory valued) {
            return of(valued.trajectory().id().request());
        } else if (message instanceof RolloutRequest request) {
            return of(request.id());
        } else if (message instanceof PolicyVersion version) {
            return new MessageRound(version.run(), version.version());
        } else if (message instanceof CriticVersion version) {
            return new MessageRound(version.run(), version.version());
        } else if (message instanceof EvaluationReport report) {
            return new MessageRound(report.run(), report.version());
        } else if (message instanceof Promotion promotion) {
            return new MessageRound(promotion.run(), promotion.version());
        } else if (message instanceof Answer answer) {
            return new MessageRound(answer.run(), NONE);
        } else if (message instanceof Run run) {
            return new MessageRound(run.run(), NONE);
        } else if (message instanceof RunEnd end) {
            return new MessageRound(end.run(), NONE);
        }
        return new MessageRound(null, NONE);
    }

    private static MessageRound of(RequestId id) {
        return new MessageRound(id.run(), id.round());
    }

    /** Says what a span is for. */
    public void of(OpenSpan span) {
        span.of(run, round);
    }
}
