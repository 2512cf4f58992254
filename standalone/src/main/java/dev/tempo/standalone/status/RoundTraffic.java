package dev.tempo.standalone.status;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.runs.ShadowQuestion;
import dev.tempo.standalone.launch.BrokerConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The records of a run's present round on one topic.
 *
 * @param asked by requests on the road that ends there; the policy's row topic counts those of both roads
 * @param arrived distinct ones that are there
 */
public record RoundTraffic(String topic, int asked, int arrived) {

    public int missing() {
        return Math.max(0, asked - arrived);
    }

    /**
     * The traffic of a round, topic by topic, in the order in which it meets them.
     *
     * @param since nothing of it was written before
     */
    public static List<RoundTraffic> of(BrokerConnection connection, String run, int round, Instant since) {
        Reader reader = new Reader(connection, run, round, since);
        int labeled = reader.asked(Topics.LABELED_ROLLOUT_REQUESTS);
        int unlabeled = reader.asked(Topics.UNLABELED_ROLLOUT_REQUESTS);
        int measured = reader.asked(Topics.EVALUATION_ROLLOUT_REQUESTS);
        Function<JudgedTrajectory, TrajectoryId> judged =
                row -> row.trajectory().id();
        Function<ValuedTrajectory, TrajectoryId> valued =
                row -> row.trajectory().id();
        return List.of(
                reader.arrived(Topics.LABELED_TRAJECTORIES, Trajectory::id, labeled),
                reader.arrived(Topics.JUDGED_LABELED_TRAJECTORIES, judged, labeled),
                reader.arrived(Topics.UNLABELED_TRAJECTORIES, Trajectory::id, unlabeled),
                reader.arrived(Topics.VALUED_TRAJECTORIES, valued, unlabeled),
                reader.arrived(Topics.EVALUATION_TRAJECTORIES, Trajectory::id, measured),
                reader.arrived(Topics.JUDGED_EVALUATION_TRAJECTORIES, judged, measured));
    }

    private record Reader(BrokerConnection connection, String run, int round, Instant since) {

        int asked(Topic<RolloutRequest> topic) {
            Map<RequestId, Integer> asked = new ConcurrentHashMap<>();
            connection.followSince(since, topic, received -> {
                RolloutRequest request = received.message();
                if (isOfThis(request.id())) {
                    asked.put(request.id(), request.samples());
                }
            });
            return asked.values().stream().mapToInt(Integer::intValue).sum();
        }

        <T> RoundTraffic arrived(Topic<T> topic, Function<T, TrajectoryId> id, int asked) {
            Set<TrajectoryId> arrived = ConcurrentHashMap.newKeySet();
            connection.followSince(since, topic, received -> {
                TrajectoryId of = id.apply(received.message());
                if (isOfThis(of.request())) {
                    arrived.add(of);
                }
            });
            return new RoundTraffic(topic.name(), asked, arrived.size());
        }

        private boolean isOfThis(RequestId id) {
            // shadow traffic is of no round, and nobody waits for it
            return id.run().equals(run)
                    && id.round() == round
                    && ShadowQuestion.of(id.question()).isEmpty();
        }
    }
}
