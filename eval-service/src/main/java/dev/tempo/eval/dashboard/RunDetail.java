package dev.tempo.eval.dashboard;

import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RewardSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run with all that can be drawn of it.
 *
 * @param policies statistics of the update that made each version
 * @param critics statistics of the fit that made each version
 */
record RunDetail(
        RunSummary summary,
        List<Span> stages,
        List<Integer> passAt,
        @Nullable String criticQualityOn,
        List<Step> policies,
        List<Step> critics,
        List<EvaluationReport> reports) {

    /** A stage on the axis of versions. */
    record Span(String name, int first, int rounds, RewardSource reward) {}

    /** What an update says of itself. */
    record Step(int version, Map<String, Double> statistics, Map<String, Integer> rows) {}

    static RunDetail of(
            RunSummary summary,
            Recipe recipe,
            Collection<PolicyVersion> policies,
            Collection<CriticVersion> critics,
            Collection<EvaluationReport> reports) {
        return new RunDetail(
                summary,
                recipe.stages().stream()
                        .map(stage ->
                                new Span(stage.name(), recipe.firstRoundOf(stage), stage.rounds(), stage.reward()))
                        .toList(),
                recipe.evaluation().passAt(),
                recipe.evaluation().criticQualityOn(),
                policies.stream()
                        .map(version -> new Step(version.version(), version.statistics(), version.rows()))
                        .toList(),
                critics.stream()
                        .map(version -> new Step(version.version(), version.statistics(), Map.of()))
                        .toList(),
                List.copyOf(reports));
    }
}
