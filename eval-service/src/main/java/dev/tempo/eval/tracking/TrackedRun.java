package dev.tempo.eval.tracking;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a tracker shows of a run beside its numbers.
 *
 * @param run the run's id
 * @param tags what it is and what computes it, by MLflow's keys where it has one
 * @param parameters the recipe's fields with their values, by their places
 */
public record TrackedRun(String run, Map<String, String> tags, Map<String, String> parameters) {
    public TrackedRun {
        tags = new TreeMap<>(tags);
        parameters = new TreeMap<>(parameters);
    }
}
