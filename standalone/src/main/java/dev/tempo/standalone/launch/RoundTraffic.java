package dev.tempo.standalone.launch;

import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.ValuedTrajectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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

    /** The traffic of a round, topic by topic, in the order in which it meets them. */
    public static List<RoundTraffic> of(BrokerConnection connection, String run, int round) {
        Reader reader = new Reader(connection, run, round);
        int labeled = reader.asked(Topics.LABELED_ROLLOUT_REQUESTS);
        int unlabeled = reader.asked(Topics.UNLABELED_ROLLOUT_REQUESTS);
        int measured = reader.asked(Topics.EVALUATION_ROLLOUT_REQUESTS);
        List<RoundTraffic> traffic = new ArrayList<>();
        traffic.add(reader.trajectories(Topics.LABELED_TRAJECTORIES, labeled));
        traffic.add(reader.judged(Topics.JUDGED_LABELED_TRAJECTORIES, labeled));
        traffic.add(reader.trajectories(Topics.UNLABELED_TRAJECTORIES, unlabeled));
        traffic.add(reader.valued(Topics.VALUED_TRAJECTORIES, unlabeled));
        traffic.add(reader.trajectories(Topics.EVALUATION_TRAJECTORIES, measured));
        traffic.add(reader.judged(Topics.JUDGED_EVALUATION_TRAJECTORIES, measured));
        return traffic;
    }

    private record Reader(BrokerConnection connection, String run, int round) {

        int asked(Topic<RolloutRequest> topic) {
            Map<RequestId, Integer> asked = new ConcurrentHashMap<>();
            connection.follow(topic, request -> {
                if (isOfThis(request.id())) {
                    asked.put(request.id(), request.samples());
                }
            });
            return asked.values().stream().mapToInt(Integer::intValue).sum();
        }

        RoundTraffic trajectories(Topic<Trajectory> topic, int asked) {
            Set<TrajectoryId> arrived = ConcurrentHashMap.newKeySet();
            connection.follow(topic, trajectory -> add(arrived, trajectory.id()));
            return new RoundTraffic(topic.name(), asked, arrived.size());
        }

        RoundTraffic judged(Topic<JudgedTrajectory> topic, int asked) {
            Set<TrajectoryId> arrived = ConcurrentHashMap.newKeySet();
            connection.follow(topic, judged -> add(arrived, judged.trajectory().id()));
            return new RoundTraffic(topic.name(), asked, arrived.size());
        }

        RoundTraffic valued(Topic<ValuedTrajectory> topic, int asked) {
            Set<TrajectoryId> arrived = ConcurrentHashMap.newKeySet();
            connection.follow(topic, valued -> add(arrived, valued.trajectory().id()));
            return new RoundTraffic(topic.name(), asked, arrived.size());
        }

        private void add(Set<TrajectoryId> arrived, TrajectoryId id) {
            if (isOfThis(id.request())) {
                arrived.add(id);
            }
        }

        private boolean isOfThis(RequestId id) {
            return id.run().equals(run) && id.round() == round;
        }
    }
}
