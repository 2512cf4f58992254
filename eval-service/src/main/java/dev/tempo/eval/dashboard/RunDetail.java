package dev.tempo.eval.dashboard;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.VersionName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A run with all that can be drawn of it.
 *
 * @param names what people are told that each version from 0 to the last is called
 * @param sets names of the benchmarks, the one that matters most first
 * @param policies statistics of the update that made each version; of many every n-th, and those that training went back for
 * @param critics statistics of the fit that made each version; of many every n-th
 * @param reports measurements; of many every n-th
 */
record RunDetail(
        RunSummary summary,
        List<Span> stages,
        List<String> names,
        List<String> sets,
        List<Integer> passAt,
        @Nullable String criticQualityOn,
        List<Step> policies,
        List<Step> critics,
        List<EvaluationReport> reports) {

    /** More than a chart is wide. */
    static final int MOST_POINTS = 1000;

    /** A stage on the axis of versions. */
    record Span(String name, int first, int rounds, RewardSource reward) {}

    /**
     * The measurements of one update of policy or critic.
     *
     * @param wentBackTo the version that training of the policy went back to instead; null elsewhere
     */
    record Step(
            int version,
            Map<String, Double> statistics,
            Map<String, Integer> rows,
            @Nullable Integer wentBackTo) {}

    static RunDetail of(
            RunSummary summary,
            Recipe recipe,
            Collection<PolicyVersion> policies,
            Collection<CriticVersion> critics,
            Collection<EvaluationReport> reports) {
        return new RunDetail(
                summary,
                recipe.stages().stream()
                        .map(stage -> new Span(
                                stage.name(),
                                recipe.firstRoundOf(stage),
                                rounds(recipe, stage, policies),
                                stage.reward()))
                        .toList(),
                IntStream.rangeClosed(0, recipe.unbounded() ? newest(policies) + 1 : recipe.rounds())
                        .mapToObj(version -> VersionName.of(recipe, version).toString())
                        .toList(),
                recipe.evaluation().setsInOrder(),
                recipe.evaluation().passAt(),
                recipe.evaluation().criticQualityOn(),
                thinned(policies, version -> version.wentBackTo() != null).stream()
                        .map(version ->
                                new Step(version.version(), version.statistics(), version.rows(), version.wentBackTo()))
                        .toList(),
                thinned(critics, version -> false).stream()
                        .map(version -> new Step(version.version(), version.statistics(), Map.of(), null))
                        .toList(),
                thinned(reports, report -> false));
    }

    /** All, or of many every n-th, the newest and what is wanted anyway: a page asks for them every other second. */
    private static <V> List<V> thinned(Collection<V> all, Predicate<V> wanted) {
        int step = 1 + (all.size() - 1) / MOST_POINTS;
        List<V> ordered = List.copyOf(all);
        return IntStream.range(0, ordered.size())
                .filter(i -> i % step == 0 || i == ordered.size() - 1 || wanted.test(ordered.get(i)))
                .mapToObj(ordered::get)
                .toList();
    }

    /** The rounds of a stage; of one without an end as many as there are so far. */
    private static int rounds(Recipe recipe, Stage stage, Collection<PolicyVersion> policies) {
        return stage.unbounded() ? Math.max(1, newest(policies) + 1 - recipe.firstRoundOf(stage)) : stage.rounds();
    }

    private static int newest(Collection<PolicyVersion> policies) {
        return policies.stream().mapToInt(PolicyVersion::version).max().orElse(0);
    }
}
