package dev.tempo.critic;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.RunState;
import dev.tempo.contract.RunSubmitted;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.Values;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RewardSource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives trajectories without a label their reward: the last value V_n of the critic of their round (Eq. 7), or the vote
 * of a stage that votes. Records of runs that are not active are of no use to anybody and pass away. Thread-safe.
 */
public final class Valuation {
    private final KnownRuns runs;
    private final VersionedCritics critics;
    private final CriticProperties properties;
    private final CriticMetrics metrics;
    private final InstantSource clock;
    private final Map<String, Instant> unknownSince = new ConcurrentHashMap<>();

    public Valuation(
            KnownRuns runs,
            VersionedCritics critics,
            CriticProperties properties,
            CriticMetrics metrics,
            InstantSource clock) {
        this.runs = runs;
        this.critics = critics;
        this.properties = properties;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Unlabeled trajectories of stages whose reward is the critic. */
    public Valued value(List<Trajectory> trajectories) {
        return value(trajectories, Valuation::rewardedByCritic, critics::values);
    }

    /** Evaluation trajectories of the set on which the recipe measures the critic. */
    public Valued valueEvaluations(List<Trajectory> trajectories) {
        return value(trajectories, Valuation::measuresCritic, critics::valuesWhenIdle);
    }

    /** Unlabeled trajectories that were voted on: the vote is the reward, and there are no values. */
    public Valued passOn(List<JudgedTrajectory> voted) {
        List<ValuedTrajectory> rows = new ArrayList<>();
        for (int done = 0; done < voted.size(); done++) {
            JudgedTrajectory judged = voted.get(done);
            RequestId request = judged.trajectory().id().request();
            if (mustWaitForRun(request)) {
                return new Valued(rows, done, "run " + request.run());
            }
            RunSubmitted run = runs.run(request.run());
            if (isActive(run) && run.recipe().stageOf(request.round()).votes()) {
                rows.add(new ValuedTrajectory(
                        judged.trajectory(),
                        request.round(),
                        Values.of(),
                        judged.verdict().reward(),
                        Example.withoutVerdict(judged)));
            }
        }
        return new Valued(rows, voted.size(), null);
    }

    private Valued value(
            List<Trajectory> trajectories,
            BiPredicate<Recipe, RequestId> concerns,
            BiFunction<ModelReference, List<Trajectory>, List<Values>> valuer) {
        Map<CriticVersion, List<Trajectory>> byVersion = new LinkedHashMap<>();
        List<ValuedTrajectory> rows = new ArrayList<>();
        int done = 0;
        String waitingFor = null;
        for (; done < trajectories.size() && waitingFor == null; done++) {
            Trajectory trajectory = trajectories.get(done);
            RequestId request = trajectory.id().request();
            RunSubmitted run = runs.run(request.run());
            CriticVersion version = runs.critic(request.run(), request.round());
            if (mustWaitForRun(request)) {
                waitingFor = "run " + request.run();
            } else if (!isActive(run) || !concerns.test(run.recipe(), request)) {
                continue;
            } else if (trajectory.failure() != null) {
                rows.add(new ValuedTrajectory(
                        trajectory, request.round(), Values.of(), null, trajectory.failure()));
            } else if (version == null) {
                waitingFor = "critic version " + request.round() + " of run " + request.run();
            } else {
                byVersion.computeIfAbsent(version, first -> new ArrayList<>()).add(trajectory);
            }
        }
        byVersion.forEach((version, group) -> {
            List<Values> values = valuer.apply(version.model(), group);
            for (int row = 0; row < group.size(); row++) {
                rows.add(valued(group.get(row), version.version(), values.get(row)));
            }
            metrics.valued(group.size());
        });
        return new Valued(rows, waitingFor == null ? done : done - 1, waitingFor);
    }

    private static ValuedTrajectory valued(Trajectory trajectory, int version, Values values) {
        double last = values.get(values.length() - 1);
        return new ValuedTrajectory(trajectory, version, values, last, null);
    }

    private static boolean rewardedByCritic(Recipe recipe, RequestId request) {
        return recipe.stageOf(request.round()).reward() == RewardSource.CRITIC;
    }

    private static boolean measuresCritic(Recipe recipe, RequestId request) {
        String set = recipe.evaluation().criticQualityOn();
        return set != null && request.question().startsWith(set + "/");
    }

    private static boolean isActive(@Nullable RunSubmitted run) {
        return run != null && run.state() == RunState.ACTIVE;
    }

    /** A run is announced before anything is asked for it, but on a topic of its own, which may be read a little later. */
    private boolean mustWaitForRun(RequestId request) {
        if (runs.run(request.run()) != null) {
            return false;
        }
        Instant now = clock.instant();
        Instant since = unknownSince.computeIfAbsent(request.run(), first -> now);
        return since.plus(properties.unknownRunPatience()).isAfter(now);
    }
}
