package dev.tempo.rollout.kafka;

import dev.tempo.contract.ArrivingQuestion;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.Topics;
import dev.tempo.messaging.FullSubscription;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import dev.tempo.rollout.OpenRounds;
import dev.tempo.rollout.RolloutMetrics;
import dev.tempo.rollout.RolloutWorker;
import dev.tempo.rollout.UnlabeledPlanner;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The topics that the planner reads. Only the instance that reads policy-versions in the group draws; every one knows the rest. */
@Configuration(proxyBeanMethods = false)
class PlannerSubscriptions {

    @Bean
    PlanPublisher planPublisher(
            UnlabeledPlanner planner, Publisher publisher, RolloutMetrics metrics, InstantSource clock) {
        return new PlanPublisher(planner, publisher, metrics, clock);
    }

    @Bean
    HeldVersions heldVersions(UnlabeledPlanner planner, PlanPublisher plans) {
        return new HeldVersions(planner, plans);
    }

    @Bean
    Subscription runs(
            Subscriptions subscriptions, UnlabeledPlanner planner, PlanPublisher plans, RolloutWorker worker) {
        FullSubscription<Run> announced = subscriptions.runs(
                Topics.RUNS,
                Topics.RUN_ENDS,
                run -> {
                    planner.on(run);
                    worker.announced(run);
                    plans.publishDue();
                },
                () -> {
                    worker.caughtUp();
                    plans.historyRead();
                });
        worker.announcementsReadBy(announced::readToPresentEnd);
        return announced;
    }

    @Bean
    Subscription unlabeledTrajectories(
            Subscriptions subscriptions, UnlabeledPlanner planner, PlanPublisher plans, InstantSource clock) {
        OpenRounds open = new OpenRounds();
        FullSubscription<PolicyVersion> versions = subscriptions.everythingAfter(
                subscriptions.runs(Topics.RUNS, Topics.RUN_ENDS, open::on, () -> {}),
                () -> Instant.EPOCH,
                Topics.POLICY_VERSIONS,
                open::on,
                () -> {});
        return subscriptions.everythingAfter(
                versions,
                open::since,
                Topics.UNLABELED_TRAJECTORIES,
                trajectory -> planner.on(trajectory.message(), clock.instant()),
                plans::historyRead);
    }

    @Bean
    Subscription arrivingQuestions(Subscriptions subscriptions, UnlabeledPlanner planner, PlanPublisher plans) {
        FullSubscription<ArrivingQuestion> reader =
                subscriptions.everything(Topics.ARRIVING_QUESTIONS, planner::on, plans::historyRead);
        planner.arrivalsReadBy(reader::readToPresentEnd);
        return reader;
    }

    @Bean
    Subscription policyVersions(Subscriptions subscriptions, HeldVersions versions) {
        return subscriptions.withLowWaterMark("rollout-planner", Topics.POLICY_VERSIONS, versions);
    }
}
