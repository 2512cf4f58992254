package dev.tempo.contract;

import java.util.Map;

/**
 * A version of the critic: the one that values round {@code version}. It names the file of the version before where no
 * recalibration was due.
 *
 * @param recalibrated whether an E-step made this version
 * @param statistics of that E-step (loss, brier …), with {@code rows.failed} and {@code rows.undecided} where rows of its batch had no
 *     verdict; empty when none was due
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
        statistics = Check.ordered(statistics);
    }
}
