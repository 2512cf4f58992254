package dev.tempo.eval.kafka;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Topics;
import dev.tempo.eval.EndingRuns;
import dev.tempo.eval.EvalMeters;
import dev.tempo.eval.EvaluationPlanner;
import dev.tempo.eval.dashboard.RunHistory;
import dev.tempo.messaging.FullSubscription;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import dev.tempo.messaging.TrainerLoop;
import dev.tempo.messaging.TrainerLoops;
import dev.tempo.messaging.succession.PublicationFence;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * The topics that eval-service reads. Who reads the verdicts measures; everything else reaches the planner on that loop's thread,
 * which alone publishes.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class EvalSubscriptions {

    @Bean
    TrainerLoop<JudgedTrajectory> trainerLoop(
            TrainerLoops loops,
            Subscriptions subscriptions,
            EvaluationPlanner planner,
            EndingRuns ending,
            Publisher publisher) {
        return loops.on(
                "eval-verdicts",
                Topics.JUDGED_EVALUATION_TRAJECTORIES,
                loop -> new MeasuringLoop(
                        planner, ending, publisher, values(subscriptions, loop, planner, publisher), loop::generation));
    }

    private static Subscription values(
            Subscriptions subscriptions,
            TrainerLoop<JudgedTrajectory> loop,
            EvaluationPlanner planner,
            Publisher publisher) {
        return subscriptions.inGroup(
                "eval-values",
                Topics.VALUED_EVALUATION_TRAJECTORIES,
                batch -> loop.post(() -> batch.forEach(valued -> publisher.publishAll(planner.on(valued)))));
    }

    @Bean
    PlannerClock plannerClock(
            TrainerLoop<JudgedTrajectory> loop,
            EvaluationPlanner planner,
            EndingRuns ending,
            Publisher publisher,
            EvalMeters meters) {
        return new PlannerClock(loop, planner, ending, publisher, meters);
    }

    @Bean
    LoopHandover loopHandover(
            TrainerLoop<JudgedTrajectory> loop, EvaluationPlanner planner, EndingRuns ending, Publisher publisher) {
        return new LoopHandover(loop, planner, ending, publisher);
    }

    @Bean
    Subscription runs(Subscriptions subscriptions, LoopHandover handover, RunHistory history) {
        return subscriptions.runs(
                Topics.RUNS,
                Topics.RUN_ENDS,
                run -> {
                    history.on(run);
                    handover.on(run);
                },
                handover::caughtUp);
    }

    @Bean
    Subscription runEnds(Subscriptions subscriptions, LoopHandover handover) {
        return subscriptions.everything(Topics.RUN_ENDS, handover::on, handover::caughtUp);
    }

    @Bean
    Subscription policyVersions(Subscriptions subscriptions, LoopHandover handover, RunHistory history) {
        return subscriptions.everything(
                Topics.POLICY_VERSIONS,
                new PublicationFence<PolicyVersion>(version -> {
                    history.on(version);
                    handover.on(version);
                }),
                handover::caughtUp);
    }

    @Bean
    Subscription reports(Subscriptions subscriptions, LoopHandover handover, RunHistory history, EvalMeters meters) {
        return subscriptions.everything(
                Topics.EVALUATION_REPORTS,
                report -> {
                    history.on(report);
                    meters.on(report);
                    handover.on(report);
                },
                handover::caughtUp);
    }

    @Bean
    Subscription promotions(
            Subscriptions subscriptions, LoopHandover handover, EndingRuns ending, EvaluationPlanner planner) {
        ending.triedBy(planner::isTried);
        return subscriptions.everything(Topics.PROMOTIONS, handover::on, handover::caughtUp);
    }

    @Bean
    Subscription criticVersions(
            Subscriptions subscriptions, LoopHandover handover, RunHistory history, EndingRuns ending) {
        FullSubscription<CriticVersion> reader =
                subscriptions.everything(Topics.CRITIC_VERSIONS, new PublicationFence<CriticVersion>(version -> {
                    history.on(version);
                    handover.on(version);
                }));
        ending.criticsReadBy(reader::readToPresentEnd);
        return reader;
    }

    /** What was asked before this instance is not asked again. */
    @Bean
    Subscription chats(Subscriptions subscriptions, LoopHandover handover) {
        AtomicBoolean live = new AtomicBoolean();
        return subscriptions.everything(
                Topics.ARRIVING_QUESTIONS,
                question -> {
                    if (live.get() && question.isOfChat()) {
                        handover.on(question);
                    }
                },
                () -> live.set(true));
    }
}
