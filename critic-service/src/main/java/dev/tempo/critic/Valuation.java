package dev.tempo.critic;

import dev.tempo.algorithm.Advantages;
import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.JudgedTrajectory;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.Purpose;
import dev.tempo.contract.RequestId;
import dev.tempo.contract.Run;
import dev.tempo.contract.Trajectory;
import dev.tempo.contract.ValuedTrajectory;
import dev.tempo.contract.Values;
import dev.tempo.contract.recipe.RecalibrationSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RepeatSettings;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.replay.StepJournal;
import dev.tempo.model.replay.StepOrigin;
import dev.tempo.runs.AskedTrajectories;
import dev.tempo.runs.KnownRuns;
import dev.tempo.runs.RunDirectory;
import dev.tempo.runs.ShadowQuestion;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.ToIntBiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The valuation of trajectories without a label, which gives them their reward: the last value V_n of the critic of
 * their round (Eq. 7), or the vote of a stage that votes. Those of finished runs concern nobody; those of paused ones
 * do, for nobody asks for them twice. Thread-safe.
 */
public final class Valuation {
    private static final Logger LOG = LoggerFactory.getLogger(Valuation.class);

    private final KnownRuns runs;
    private final CriticVersions versions;
    private final VersionedCritics critics;
    private final CriticMetrics metrics;
    private final AskedTrajectories unlabeled;
    private final AskedTrajectories evaluated;
    private final Map<String, String> unusable = new ConcurrentHashMap<>();
    private final Map<String, Stop> stopped = new ConcurrentHashMap<>();

    /**
     * What one critic version has to value.
     *
     * @param positions of the trajectories
     * @param leastOf of how many last values the reward is the least
     * @param held why none of them is rewarded; null where they are
     */
    private record Share(
            List<Integer> positions, int leastOf, @Nullable String held) {
        Share(int leastOf, @Nullable String held) {
            this(new ArrayList<>(), leastOf, held);
        }
    }

    /** The reason why a run, as it was announced last, cannot be valued any further. */
    private record Stop(Run run, String reason) {}

    public Valuation(KnownRuns runs, CriticVersions versions, VersionedCritics critics, CriticMetrics metrics) {
        this.runs = runs;
        this.versions = versions;
        this.critics = critics;
        this.metrics = metrics;
        unlabeled = new AskedTrajectories(runs, Purpose.UNLABELED);
        evaluated = new AskedTrajectories(runs, Purpose.EVALUATION);
    }

    /** Unlabeled trajectories of stages whose reward is the critic. */
    public Valued value(List<Trajectory> trajectories) {
        return value(
                trajectories,
                unlabeled,
                Valuation::rewardedByCritic,
                (recipe, request) -> recipe.stageOf(request.round()).valuesOfReward(),
                critics::values,
                Valuation::heldBack);
    }

    /** Evaluation trajectories of the set on which the recipe measures the critic, and shadow traffic. */
    public Valued valueEvaluations(List<Trajectory> trajectories) {
        return value(
                trajectories,
                evaluated,
                Valuation::measuresCritic,
                (recipe, request) -> 1,
                critics::valuesWhenIdle,
                (recipe, version) -> null);
    }

    /** Unlabeled trajectories that were voted on: the vote is the reward, and there are no values. */
    public Valued passOn(List<JudgedTrajectory> voted) {
        List<ValuedTrajectory> rows = new ArrayList<>();
        Map<Integer, String> waiting = new TreeMap<>();
        Map<Integer, String> refused = new TreeMap<>();
        for (int position = 0; position < voted.size(); position++) {
            JudgedTrajectory judged = voted.get(position);
            RequestId request = judged.trajectory().id().request();
            Run run = runs.unfinished(request.run());
            String refusal = unlabeled.refusal(judged.trajectory().id());
            if (refusal != null) {
                refused.put(position, refusal);
            } else if (runs.mayBecomeKnown(request.run())) {
                waiting.put(position, "run " + request.run());
            } else if (run != null && run.recipe().stageOf(request.round()).votes()) {
                rows.add(new ValuedTrajectory(
                        judged.trajectory(),
                        request.round(),
                        Values.of(),
                        judged.verdict().reward(),
                        Example.withoutVerdict(judged)));
            }
        }
        return new Valued(rows, waiting, refused);
    }

    /** The reasons why critic versions cannot be used, by version. */
    Map<String, String> unusable() {
        return new TreeMap<>(unusable);
    }

    /** The reasons why runs cannot be valued any further, by run. */
    Map<String, String> stopped() {
        Map<String, String> reasons = new TreeMap<>();
        stopped.forEach((id, stop) -> {
            if (isStopped(runs.unfinished(id))) {
                reasons.put(id, stop.reason);
            }
        });
        return reasons;
    }

    /** A run that was announced anew, as going on, is tried again. */
    private boolean isStopped(@Nullable Run run) {
        Stop stop = run == null ? null : stopped.get(run.run());
        return stop != null && stop.run.equals(run);
    }

    private void stop(CriticVersion version, NonFiniteValuesException notFinite) {
        Run run = runs.unfinished(version.run());
        if (run == null) {
            return;
        }
        String kept = new StepJournal(
                        run.run(),
                        "critic",
                        RunDirectory.of(run).nonFinite(),
                        () -> StepOrigin.ofVersion(
                                RunDirectory.pathOf(version.model()),
                                version.version(),
                                version.model().sha256()))
                .keep(version.version(), "valuation", notFinite.found(), notFinite.measured());
        String reason = "round " + version.version() + ", valuation: " + notFinite.getMessage() + ". " + kept;
        stopped.put(run.run(), new Stop(run, reason));
        LOG.atError()
                .addKeyValue("run", run.run())
                .addKeyValue("round", version.version())
                .addKeyValue("reason", reason)
                .log("the run is stopped; none of these values was published");
    }

    private Valued value(
            List<Trajectory> trajectories,
            AskedTrajectories asked,
            BiPredicate<Recipe, RequestId> concerns,
            ToIntBiFunction<Recipe, RequestId> valuesOfReward,
            BiFunction<ModelReference, List<Trajectory>, List<Values>> valuer,
            BiFunction<Recipe, CriticVersion, @Nullable String> heldBack) {
        Map<CriticVersion, Share> byVersion = new LinkedHashMap<>();
        List<ValuedTrajectory> rows = new ArrayList<>();
        Map<Integer, String> waiting = new TreeMap<>();
        Map<Integer, String> refused = new TreeMap<>();
        for (int position = 0; position < trajectories.size(); position++) {
            Trajectory trajectory = trajectories.get(position);
            RequestId request = trajectory.id().request();
            Run run = runs.unfinished(request.run());
            CriticVersion version = versions.version(request.run(), request.round());
            String refusal = asked.refusal(trajectory.id());
            if (refusal != null) {
                refused.put(position, refusal);
            } else if (runs.mayBecomeKnown(request.run())) {
                waiting.put(position, "run " + request.run());
            } else if (run != null && concerns.test(run.recipe(), request)) {
                if (trajectory.failure() != null) {
                    rows.add(failed(trajectory, trajectory.failure()));
                } else if (isStopped(run)) {
                    waiting.put(position, "run " + request.run() + ", which is stopped");
                } else if (version == null) {
                    waiting.put(position, "critic version " + request.round() + " of run " + request.run());
                } else {
                    byVersion
                            .computeIfAbsent(
                                    version,
                                    first -> new Share(
                                            valuesOfReward.applyAsInt(run.recipe(), request),
                                            heldBack.apply(run.recipe(), version)))
                            .positions()
                            .add(position);
                }
            }
        }
        byVersion.forEach((version, share) -> {
            List<Integer> positions = share.positions();
            String name = "critic version " + version.version() + " of run " + version.run();
            try {
                rows.addAll(rows(
                        version.model(),
                        positions.stream().map(trajectories::get).toList(),
                        share,
                        valuer));
                unusable.remove(name);
            } catch (ModelFormatException | UncheckedIOException broken) {
                for (int position : positions) {
                    Trajectory trajectory = trajectories.get(position);
                    if (asked.isShadow(trajectory.id().request())) {
                        // it may be of a critic that its trainer has left behind, and nobody waits for it
                        rows.add(failed(trajectory, name + " cannot be used: " + broken.getMessage()));
                    } else {
                        unusable.put(name, String.valueOf(broken.getMessage()));
                        waiting.put(position, name + " to be usable");
                    }
                }
            } catch (NonFiniteValuesException notFinite) {
                stop(version, notFinite);
                positions.forEach(position -> waiting.put(position, "run " + version.run() + ", which is stopped"));
            }
        });
        metrics.valued(rows.size());
        return new Valued(rows, waiting, refused);
    }

    /** One trajectory that no critic can value does not keep the others waiting. */
    private static List<ValuedTrajectory> rows(
            ModelReference model,
            List<Trajectory> trajectories,
            Share share,
            BiFunction<ModelReference, List<Trajectory>, List<Values>> valuer) {
        try {
            List<Values> values = valuer.apply(model, trajectories);
            List<ValuedTrajectory> rows = new ArrayList<>();
            for (int row = 0; row < trajectories.size(); row++) {
                rows.add(row(trajectories.get(row), values.get(row), share));
            }
            return rows;
        } catch (IllegalArgumentException refused) {
            if (trajectories.size() == 1) {
                return List.of(failed(trajectories.get(0), "cannot be valued: " + refused.getMessage()));
            }
            return trajectories.stream()
                    .flatMap(trajectory -> rows(model, List.of(trajectory), share, valuer).stream())
                    .toList();
        }
    }

    private static ValuedTrajectory row(Trajectory trajectory, Values values, Share share) {
        if (share.held() != null) {
            return new ValuedTrajectory(trajectory, trajectory.id().request().round(), values, null, share.held());
        }
        double[] all =
                IntStream.range(0, values.length()).mapToDouble(values::get).toArray();
        double reward = Advantages.leastOfLast(all, share.leastOf());
        return new ValuedTrajectory(trajectory, trajectory.id().request().round(), values, reward, null);
    }

    /** The row of a trajectory that no critic can value, which moves no policy. */
    public static ValuedTrajectory failed(Trajectory trajectory, String reason) {
        return new ValuedTrajectory(trajectory, trajectory.id().request().round(), Values.of(), null, reason);
    }

    private static boolean rewardedByCritic(Recipe recipe, RequestId request) {
        return recipe.stageOf(request.round()).reward() == RewardSource.CRITIC;
    }

    /** The reason why nothing of this critic's round is rewarded: it is too far off. Null where there is none. */
    private static @Nullable String heldBack(Recipe recipe, CriticVersion version) {
        RecalibrationSettings recalibration = recipe.stageOf(version.version()).recalibration();
        RepeatSettings repeat = recalibration == null ? null : recalibration.repeat();
        Double bound = repeat == null ? null : repeat.holdAbove();
        Double brier = version.statistics().get("brier");
        return bound == null || brier == null || !version.recalibrated() || brier <= bound
                ? null
                : String.format(
                        Locale.ROOT,
                        "the M-step is held: the Brier score of the critic's last E-step, %.3f, is above holdAbove, %s",
                        brier,
                        bound);
    }

    private static boolean measuresCritic(Recipe recipe, RequestId request) {
        String set = recipe.evaluation().criticQualityOn();
        return ShadowQuestion.isAsked(recipe, request)
                || (set != null && request.question().startsWith(set + "/"));
    }
}
