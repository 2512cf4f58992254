package dev.tempo.contract;

import java.util.Map;

/**
 * The critic that values round {@code version}; the same file again where recalibration was not due.
 *
 * @param recalibrated whether an E-step made it
 * @param statistics of that E-step (loss, brier …); empty when none ran
 */
public record CriticVersion(
        String run,
        int version,
        ModelReference model,
        boolean recalibrated,
        Map<String, Double> statistics,
        double wallSeconds,
        double cpuSeconds) {
    public CriticVersion {
        Check.text("run", run);
        Check.notNegative("version", version);
        statistics = Map.copyOf(statistics);
    }
}
