package dev.tempo.rollout.kafka;

import dev.tempo.contract.Topics;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import dev.tempo.rollout.UnlabeledPlanner;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The topics that the planner reads. Only the instance that reads policy-versions in the group draws; every one knows the rest. */
@Configuration(proxyBeanMethods = false)
class PlannerSubscriptions {

    @Bean
    Subscription runs(Subscriptions subscriptions, UnlabeledPlanner planner, PlanPublisher plans) {
        return subscriptions.everything(
                Topics.RUNS,
                run -> {
                    planner.on(run);
                    plans.publishDue();
                },
                plans::historyRead);
    }

    @Bean
    Subscription unlabeledTrajectories(Subscriptions subscriptions, UnlabeledPlanner planner, PlanPublisher plans) {
        return subscriptions.everything(
                Topics.UNLABELED_TRAJECTORIES, trajectory -> planner.on(trajectory, Instant.now()), plans::historyRead);
    }

    @Bean
    Subscription policyVersions(Subscriptions subscriptions, HeldVersions versions) {
        return subscriptions.withLowWaterMark("rollout-planner", Topics.POLICY_VERSIONS, versions);
    }
}
