package dev.tempo.system;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Topics;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.messaging.Wire;
import dev.tempo.standalone.launch.BrokerConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/** Everything that went over the topics, duplicates included, in the order seen. */
final class Records {
    private final List<PolicyVersion> policies = new CopyOnWriteArrayList<>();
    private final List<CriticVersion> critics = new CopyOnWriteArrayList<>();
    private final List<EvaluationReport> reports = new CopyOnWriteArrayList<>();
    private final List<RolloutRequest> requests = new CopyOnWriteArrayList<>();
    private final List<TrajectoryId> trajectories = new CopyOnWriteArrayList<>();
    private final List<ValuedTrajectory> valued = new CopyOnWriteArrayList<>();
    private final List<JudgedTrajectory> votes = new CopyOnWriteArrayList<>();
    private final List<JudgedTrajectory> judged = new CopyOnWriteArrayList<>();
    private final Map<String, String> contents = new ConcurrentHashMap<>();
    private final List<String> otherwise = new CopyOnWriteArrayList<>();

    Records(BrokerConnection connection) {
        connection.follow(Topics.POLICY_VERSIONS, policies::add);
        connection.follow(Topics.CRITIC_VERSIONS, critics::add);
        connection.follow(Topics.EVALUATION_REPORTS, reports::add);
        connection.follow(Topics.EVALUATION_ROLLOUT_REQUESTS, requests::add);
        connection.follow(Topics.EVALUATION_TRAJECTORIES, this::seen);
        connection.follow(Topics.UNLABELED_TRAJECTORIES, this::seen);
        connection.follow(Topics.VALUED_TRAJECTORIES, this::seen);
        connection.follow(Topics.JUDGED_UNLABELED_TRAJECTORIES, this::seen);
        connection.follow(Topics.JUDGED_LABELED_TRAJECTORIES, this::verdict);
    }

    private void seen(Trajectory trajectory) {
        trajectories.add(trajectory.id());
        note("generated", trajectory.id(), trajectory);
    }

    private void seen(ValuedTrajectory row) {
        valued.add(row);
        note("valued", row.trajectory().id(), row);
    }

    private void seen(JudgedTrajectory vote) {
        votes.add(vote);
        note("judged", vote.trajectory().id(), vote);
    }

    private void verdict(JudgedTrajectory row) {
        judged.add(row);
        note("judged", row.trajectory().id(), row);
    }

    private void note(String how, TrajectoryId trajectory, Object record) {
        String id = trajectory + " " + how;
        String content = DigestUtils.sha256Hex(Wire.write(record));
        String before = contents.putIfAbsent(id, content);
        if (before != null && !before.equals(content)) {
            otherwise.add(id);
        }
    }

    /** Ids of a run's records that came a second time with another content. */
    List<String> otherwise(String run) {
        return otherwise.stream().filter(id -> id.startsWith(run + "/")).toList();
    }

    /** Every version's hash; a version that was published twice must have been the same both times. */
    Weights weights(String run) {
        return new Weights(
                hashes(
                        policies(run),
                        PolicyVersion::version,
                        version -> version.model().sha256()),
                hashes(
                        critics(run),
                        CriticVersion::version,
                        version -> version.model().sha256()));
    }

    /** What was measured, by version, without the time it took. */
    SortedMap<Integer, List<Object>> scores(String run) {
        SortedMap<Integer, List<Object>> scores = new TreeMap<>();
        for (EvaluationReport report : reports(run)) {
            List<Object> numbers = new ArrayList<>(report.sets());
            if (report.critic() != null) {
                numbers.add(report.critic());
            }
            scores.put(report.version(), numbers);
        }
        return scores;
    }

    List<PolicyVersion> policies(String run) {
        return policies.stream().filter(version -> version.run().equals(run)).toList();
    }

    List<CriticVersion> critics(String run) {
        return critics.stream().filter(version -> version.run().equals(run)).toList();
    }

    List<EvaluationReport> reports(String run) {
        return reports.stream().filter(report -> report.run().equals(run)).toList();
    }

    List<ValuedTrajectory> valued(String run) {
        return valued.stream()
                .filter(row -> row.trajectory().id().request().run().equals(run))
                .toList();
    }

    List<JudgedTrajectory> votes(String run) {
        return of(run, votes);
    }

    /** Labeled trajectories with their verdicts. */
    List<JudgedTrajectory> judged(String run) {
        return of(run, judged);
    }

    private static List<JudgedTrajectory> of(String run, List<JudgedTrajectory> rows) {
        return rows.stream()
                .filter(row -> row.trajectory().id().request().run().equals(run))
                .toList();
    }

    /** Evaluation requests of a version, one entry for every time they were sent. */
    List<RequestId> evaluationRequests(String run, int version) {
        return requests.stream()
                .map(RolloutRequest::id)
                .filter(id -> id.run().equals(run) && id.round() == version)
                .toList();
    }

    /** Distinct trajectories of a round. */
    Set<TrajectoryId> trajectories(String run, int round, Purpose purpose) {
        return distinct(trajectories, id -> of(run, round, id) && id.request().purpose() == purpose);
    }

    /** Distinct ids of a round's valued trajectories. */
    Set<TrajectoryId> valued(String run, int round) {
        return distinct(valued.stream().map(row -> row.trajectory().id()).toList(), id -> of(run, round, id));
    }

    private static boolean of(String run, int round, TrajectoryId id) {
        return id.request().run().equals(run) && id.request().round() == round;
    }

    private static Set<TrajectoryId> distinct(List<TrajectoryId> ids, Predicate<TrajectoryId> wanted) {
        return ids.stream().filter(wanted).collect(Collectors.toSet());
    }

    private static <V> SortedMap<Integer, String> hashes(
            List<V> versions, java.util.function.ToIntFunction<V> number, java.util.function.Function<V, String> hash) {
        SortedMap<Integer, String> hashes = new TreeMap<>();
        for (V version : versions) {
            String before = hashes.put(number.applyAsInt(version), hash.apply(version));
            if (before != null && !before.equals(hash.apply(version))) {
                throw new AssertionError("version " + number.applyAsInt(version) + " was published with two contents");
            }
        }
        return hashes;
    }
}
