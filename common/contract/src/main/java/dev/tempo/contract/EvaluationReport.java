package dev.tempo.contract;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The measurement of one policy version on every set of the recipe.
 *
 * @param critic null where the recipe asks for no critic quality
 * @param wallSeconds seconds from the beginning of the run until the version was published
 * @param cpuSeconds processor seconds of policy-service until the version was published
 * @param origin the run that measured it, when a stage was taken from the cache; null otherwise
 */
public record EvaluationReport(
        String run,
        int version,
        String stage,
        int roundOfStage,
        boolean last,
        List<SetReport> sets,
        @Nullable CriticReport critic,
        double wallSeconds,
        double cpuSeconds,
        @Nullable String origin) {
    public EvaluationReport {
        Check.notNegative("version", version);
        sets = List.copyOf(sets);
    }
}
