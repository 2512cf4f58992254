package dev.tempo.eval.kafka;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.Topics;
import dev.tempo.eval.EvalMeters;
import dev.tempo.eval.EvaluationPlanner;
import dev.tempo.eval.dashboard.RunHistory;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import dev.tempo.messaging.TrainerLoop;
import dev.tempo.messaging.TrainerLoops;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * What eval-service reads. Who reads the verdicts measures; everything else reaches the planner on that loop's thread,
 * which alone publishes.
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class Listening {

    @Bean
    Outbox outbox(Publisher publisher) {
        return new Outbox(publisher);
    }

    @Bean
    TrainerLoop<JudgedTrajectory> measuring(
            TrainerLoops loops, Subscriptions subscriptions, EvaluationPlanner planner, Outbox outbox) {
        return loops.on(
                "eval-verdicts",
                Topics.JUDGED_EVALUATION_TRAJECTORIES,
                loop -> new MeasuringLoop(planner, outbox, values(subscriptions, loop, planner, outbox)));
    }

    private static Subscription values(
            Subscriptions subscriptions, TrainerLoop<JudgedTrajectory> loop, EvaluationPlanner planner, Outbox outbox) {
        return subscriptions.inGroup(
                "eval-values",
                Topics.VALUED_EVALUATION_TRAJECTORIES,
                batch -> loop.post(() -> batch.forEach(valued -> outbox.publish(planner.on(valued)))));
    }

    @Bean
    Ticking ticking(TrainerLoop<JudgedTrajectory> loop, EvaluationPlanner planner, Outbox outbox, EvalMeters meters) {
        return new Ticking(loop, planner, outbox, meters);
    }

    @Bean
    Learning learning(TrainerLoop<JudgedTrajectory> loop, EvaluationPlanner planner, Outbox outbox) {
        return new Learning(loop, planner, outbox);
    }

    @Bean
    Subscription runs(Subscriptions subscriptions, Learning learning, RunHistory history) {
        return subscriptions.everything(
                Topics.RUNS,
                run -> {
                    history.on(run);
                    learning.on(run);
                },
                learning::caughtUp);
    }

    @Bean
    Subscription policyVersions(Subscriptions subscriptions, Learning learning, RunHistory history) {
        return subscriptions.everything(
                Topics.POLICY_VERSIONS,
                version -> {
                    history.on(version);
                    learning.on(version);
                },
                learning::caughtUp);
    }

    @Bean
    Subscription reports(Subscriptions subscriptions, Learning learning, RunHistory history, EvalMeters meters) {
        return subscriptions.everything(
                Topics.EVALUATION_REPORTS,
                report -> {
                    history.on(report);
                    meters.on(report);
                    learning.on(report);
                },
                learning::caughtUp);
    }

    @Bean
    Subscription criticVersions(Subscriptions subscriptions, RunHistory history) {
        return subscriptions.everything(Topics.CRITIC_VERSIONS, history::on);
    }
}
