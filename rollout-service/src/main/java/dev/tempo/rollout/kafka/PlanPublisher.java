package dev.tempo.rollout.kafka;

import dev.tempo.contract.Topics;
import dev.tempo.messaging.Publisher;
import dev.tempo.rollout.Plan;
import dev.tempo.rollout.RolloutMetrics;
import dev.tempo.rollout.UnlabeledPlanner;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.scheduling.annotation.Scheduled;

/**
 * The publisher of what the planner wants, at work once it knows the runs, the trajectories and the questions that were there
 * before this instance.
 */
final class PlanPublisher {
    private final UnlabeledPlanner planner;
    private final Publisher publisher;
    private final RolloutMetrics metrics;
    private final InstantSource clock;
    private final AtomicInteger unreadHistories = new AtomicInteger(3);

    PlanPublisher(UnlabeledPlanner planner, Publisher publisher, RolloutMetrics metrics, InstantSource clock) {
        this.planner = planner;
        this.publisher = publisher;
        this.metrics = metrics;
        this.clock = clock;
    }

    void historyRead() {
        unreadHistories.decrementAndGet();
        publishDue();
    }

    @Scheduled(fixedDelay = 1000)
    void publishDue() {
        if (unreadHistories.get() > 0) {
            return;
        }
        Plan plan = planner.plan(clock.instant());
        publisher.publishAll(Topics.UNLABELED_ROLLOUT_REQUESTS, plan.requests());
        publisher.publishAll(Topics.UNLABELED_TRAJECTORIES, plan.failed());
        metrics.planned(plan);
    }
}
