package dev.tempo.contract;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A version of the critic: the one that values round {@code version}. It names the file of the version before where no
 * recalibration was due.
 *
 * @param recalibrated whether an E-step made this version
 * @param statistics of that E-step (loss, brier …), with {@code rows.failed} and {@code rows.undecided} where rows of its batch had no
 *     verdict; empty when none was due
 * @param token of the trainer that published it; null where it had none
 */
public record CriticVersion(
        String run,
        int version,
        ModelReference model,
        boolean recalibrated,
        Map<String, Double> statistics,
        double wallSeconds,
        double cpuSeconds,
        @Nullable Long token)
        implements PublishedVersion {
    public CriticVersion {
        Check.text("run", run);
        Check.notNegative("version", version);
        statistics = Check.ordered(statistics);
    }

    /** A version that is published by a trainer without a token. */
    public CriticVersion(
            String run,
            int version,
            ModelReference model,
            boolean recalibrated,
            Map<String, Double> statistics,
            double wallSeconds,
            double cpuSeconds) {
        this(run, version, model, recalibrated, statistics, wallSeconds, cpuSeconds, null);
    }

    /** The same version, published again by another trainer. */
    public CriticVersion withToken(long successor) {
        return new CriticVersion(run, version, model, recalibrated, statistics, wallSeconds, cpuSeconds, successor);
    }
}
