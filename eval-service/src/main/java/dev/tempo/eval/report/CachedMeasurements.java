package dev.tempo.eval.report;

import dev.tempo.contract.EvaluationReport;
import java.util.List;

/** The measurements of stages that came from the cache, as a run's directory keeps them. */
public record CachedMeasurements(List<EvaluationReport> reports) {
    public CachedMeasurements {
        reports = List.copyOf(reports);
    }
}
