package dev.tempo.rollout.kafka;

import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Topics;
import dev.tempo.contract.Trajectory;
import dev.tempo.messaging.Subscription;
import dev.tempo.messaging.Subscriptions;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/** Everything that the service wrote, as another service would hear it. */
@TestConfiguration(proxyBeanMethods = false)
class Heard {
    final Queue<RolloutRequest> requests = new ConcurrentLinkedQueue<>();
    final Queue<Trajectory> labeled = new ConcurrentLinkedQueue<>();
    final Queue<Trajectory> unlabeled = new ConcurrentLinkedQueue<>();
    final Queue<Trajectory> evaluation = new ConcurrentLinkedQueue<>();

    @Bean
    Subscription heardRequests(Subscriptions subscriptions) {
        return subscriptions.everything(Topics.UNLABELED_ROLLOUT_REQUESTS, requests::add);
    }

    @Bean
    Subscription heardLabeled(Subscriptions subscriptions) {
        return subscriptions.everything(Topics.LABELED_TRAJECTORIES, labeled::add);
    }

    @Bean
    Subscription heardUnlabeled(Subscriptions subscriptions) {
        return subscriptions.everything(Topics.UNLABELED_TRAJECTORIES, unlabeled::add);
    }

    @Bean
    Subscription heardEvaluation(Subscriptions subscriptions) {
        return subscriptions.everything(Topics.EVALUATION_TRAJECTORIES, evaluation::add);
    }

    static List<Trajectory> of(Queue<Trajectory> heard, RequestId request) {
        return where(heard, trajectory -> trajectory.id().request().equals(request));
    }

    static List<Trajectory> where(Queue<Trajectory> heard, Predicate<Trajectory> wanted) {
        return heard.stream().filter(wanted).toList();
    }
}
