package dev.tempo.rollout.kafka;

import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.contract.Trajectory;
import dev.tempo.messaging.NotYetException;
import dev.tempo.messaging.Publisher;
import dev.tempo.messaging.WorkQueue;
import dev.tempo.messaging.WorkQueues;
import dev.tempo.rollout.RolloutProperties;
import dev.tempo.rollout.RolloutWorker;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The work queues of rollout workers, requests in and trajectories out: a request is accepted after the broker has acknowledged all its samples. */
@Configuration(proxyBeanMethods = false)
class WorkerQueues {

    @Bean
    WorkQueue rolloutRequests(
            WorkQueues queues, RolloutWorker worker, Publisher publisher, RolloutProperties properties) {
        return taker(queues, worker, publisher, properties);
    }

    /** Takes the next requests while the last responses to the others are still being written. */
    @Bean
    WorkQueue overlappingRolloutRequests(
            WorkQueues queues, RolloutWorker worker, Publisher publisher, RolloutProperties properties) {
        return taker(queues, worker, publisher, properties);
    }

    private static WorkQueue taker(
            WorkQueues queues, RolloutWorker worker, Publisher publisher, RolloutProperties properties) {
        return queues.on(
                "rollout-workers",
                List.of(
                        Topics.LABELED_ROLLOUT_REQUESTS,
                        Topics.UNLABELED_ROLLOUT_REQUESTS,
                        Topics.EVALUATION_ROLLOUT_REQUESTS),
                properties.requests(),
                requests -> generate(requests, worker, publisher),
                new WorkQueues.Suspects<>(
                        Topics.SUSPECT_ROLLOUT_REQUESTS,
                        (request, reason) -> publish(worker.fail(request, reason), publisher)));
    }

    private static void generate(List<RolloutRequest> requests, RolloutWorker worker, Publisher publisher) {
        List<List<RolloutRequest>> batches = worker.batches(requests);
        NotYetException wait = null;
        for (List<RolloutRequest> batch : batches) {
            try {
                publish(worker.answer(batch), publisher);
            } catch (NotYetException withoutPolicy) {
                wait = withoutPolicy;
            }
        }
        if (wait != null) {
            // The queue tries requests that failed together one by one; those that wait would come again all together.
            throw batches.size() == 1 ? wait : new IllegalStateException(wait);
        }
    }

    private static void publish(List<Trajectory> trajectories, Publisher publisher) {
        trajectories.stream()
                .collect(Collectors.groupingBy(WorkerQueues::topicOf))
                .forEach(publisher::publishAll);
    }

    private static Topic<Trajectory> topicOf(Trajectory trajectory) {
        return switch (trajectory.id().request().purpose()) {
            case WARM_UP, LABELED -> Topics.LABELED_TRAJECTORIES;
            case UNLABELED -> Topics.UNLABELED_TRAJECTORIES;
            case EVALUATION -> Topics.EVALUATION_TRAJECTORIES;
        };
    }
}
