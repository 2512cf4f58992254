package dev.tempo.critic;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.RolloutRequest;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.StageStart;
import dev.tempo.contract.Topic;
import dev.tempo.contract.Topics;
import dev.tempo.contract.TrajectoryId;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.messaging.Outgoing;
import dev.tempo.runs.RunBoard;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A run with everything around the critic played by a list or a lambda. {@link #kill} drops what is not on disk: leaving
 * a run writes nothing, it frees the memory that the system would free.
 */
final class Bench {
    static final CriticProperties PROPERTIES = new CriticProperties(
            Duration.ofSeconds(60), Duration.ofSeconds(3), 1, 4, 2, Duration.ofMinutes(5), Duration.ofSeconds(10));

    /** What the broker holds. */
    final List<Outgoing<?>> sent = new ArrayList<>();

    final List<JudgedTrajectory> judgedTopic = new ArrayList<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final CriticMetrics metrics = new CriticMetrics(meters);
    final Run run;
    Function<TrajectoryId, JudgedTrajectory> judge = Rows::judged;
    boolean answering = true;
    Instant now = Instant.parse("2025-01-01T00:00:00Z");
    RunBoard board = new RunBoard(PROPERTIES.stalledAfter(), () -> now);
    /** Whether the process dies when it sends for the n-th time, and whether the broker still got it. */
    IntPredicate dies = attempt -> false;

    boolean diesBeforeSending;
    /** What happens to a dead process's files. */
    Runnable whenDead = () -> {};

    private String log = "first";
    private int held;
    private final TreeMap<Integer, PolicyVersion> policies = new TreeMap<>();
    private final Set<TrajectoryId> answered = new HashSet<>();
    private RunCritics critics = new RunCritics(PROPERTIES, metrics, board, () -> now);
    private int attempts;
    private int position;

    static final class Killed extends Error {}

    Bench(Path directory, Recipe recipe, ModelReference base, @Nullable StageStart start) {
        this("run-1", directory, recipe, base, start);
    }

    Bench(String id, Path directory, Recipe recipe, ModelReference base, @Nullable StageStart start) {
        run = new Run(id, RunState.ACTIVE, recipe, base, directory.toString(), start);
    }

    /** A fresh process. */
    Bench start() {
        board = new RunBoard(PROPERTIES.stalledAfter(), () -> now);
        critics = new RunCritics(PROPERTIES, metrics, board, () -> now);
        position = judgedTopic.size();
        critics.readsFrom(log);
        critics.assigned(new Bus(() -> 1, () -> Map.of(0, (long) position), this::rewind, this::send));
        submit(RunState.ACTIVE);
        critics.historyRead();
        policies.values().forEach(critics::seen);
        return this;
    }

    /** The broker loses everything and begins another log; what was sent stays here to be looked at. */
    void loseLog(String next) {
        log = next;
        judgedTopic.clear();
        answered.clear();
        held = sent.size();
    }

    /** What was sent since the broker lost its log. */
    List<Outgoing<?>> sentSince() {
        return sent.subList(held, sent.size());
    }

    /** The version that the policy has come to. */
    int newestPolicy() {
        return policies.lastKey();
    }

    void kill() {
        critics.revoked();
    }

    void submit(RunState state) {
        critics.submitted(run.withState(state));
    }

    void pass(Duration time) {
        now = now.plus(time);
        critics.tick();
    }

    void policy(int version) {
        policy(version, version == run.recipe().rounds());
    }

    void policy(int version, boolean last) {
        Recipe recipe = run.recipe();
        PolicyVersion policy = new PolicyVersion(
                run.run(), version, run.base(), recipe.stageOf(version).name(), 0, last, Map.of(), Map.of(), 0, 0);
        policies.put(version, policy);
        critics.seen(policy);
    }

    /** Judges what is asked and delivers it, until nothing moves. */
    void deliver() {
        while (answer() || position < judgedTopic.size()) {
            while (position < judgedTopic.size()) {
                JudgedTrajectory judged = judgedTopic.get(position);
                position++;
                critics.judged(judged, 0, position - 1);
            }
        }
    }

    void write(JudgedTrajectory judged) {
        judgedTopic.add(judged);
    }

    /** All rounds, with a policy that needs nothing but the critic's version. */
    void runThrough() {
        for (int version = run.firstVersion(); version <= run.recipe().rounds(); version++) {
            step(version);
        }
    }

    /** The same, with a process that is killed as {@link #dies} says and started again. */
    void runThroughKills() {
        int version = run.firstVersion();
        boolean restart = false;
        while (version <= run.recipe().rounds()) {
            try {
                if (restart) {
                    start();
                    restart = false;
                    deliver();
                    pass(PROPERTIES.grace());
                }
                step(version);
                version++;
            } catch (Killed killed) {
                kill();
                whenDead.run();
                restart = true;
            }
        }
    }

    private void step(int version) {
        policy(version);
        deliver();
        pass(Duration.ofSeconds(1));
        deliver();
    }

    private boolean answer() {
        boolean any = false;
        List<RolloutRequest> asked = of(Topics.LABELED_ROLLOUT_REQUESTS, sentSince());
        for (TrajectoryId id : Rows.samples(answering ? asked : List.of())) {
            if (answered.add(id)) {
                write(judge.apply(id));
                any = true;
            }
        }
        return any;
    }

    private void rewind(Map<Integer, Long> to) {
        position = Math.min(position, to.getOrDefault(0, (long) position).intValue());
    }

    private void send(Outgoing<?> outgoing) {
        attempts++;
        boolean last = dies.test(attempts);
        if (!last || !diesBeforeSending) {
            sent.add(outgoing);
        }
        if (attempts > 1000) {
            throw new AssertionError("the run makes no progress");
        }
        if (last) {
            throw new Killed();
        }
    }

    List<RolloutRequest> requests() {
        return of(Topics.LABELED_ROLLOUT_REQUESTS);
    }

    /** By version; a version sent twice must be the same. */
    Map<Integer, String> versions() {
        Map<Integer, String> versions = new TreeMap<>();
        for (CriticVersion version : of(Topics.CRITIC_VERSIONS)) {
            String text =
                    version.model().sha256() + " " + version.recalibrated() + " " + new TreeMap<>(version.statistics());
            String before = versions.put(version.version(), text);
            if (before != null && !before.equals(text)) {
                throw new AssertionError("version " + version.version() + " was " + before + " and is " + text);
            }
        }
        return versions;
    }

    /** By request and sample without the run; a row sent twice must be the same. */
    Map<String, ValuedTrajectory> valued() {
        Map<String, ValuedTrajectory> rows = new LinkedHashMap<>();
        for (ValuedTrajectory row : of(Topics.VALUED_TRAJECTORIES)) {
            String id = row.trajectory().id().toString();
            ValuedTrajectory before = rows.put(id.substring(id.indexOf('/')), row);
            if (before != null && !before.equals(row)) {
                throw new AssertionError("row " + id + " was " + before + " and is " + row);
            }
        }
        return rows;
    }

    <V> List<V> of(Topic<V> topic) {
        return of(topic, sent);
    }

    @SuppressWarnings("unchecked")
    static <V> List<V> of(Topic<V> topic, List<Outgoing<?>> from) {
        return from.stream()
                .filter(outgoing -> outgoing.topic().equals(topic))
                .flatMap(outgoing -> ((Outgoing<V>) outgoing).messages().stream())
                .toList();
    }

    int sends() {
        return attempts;
    }

    static IntPredicate at(int attempt) {
        return other -> other == attempt;
    }
}
