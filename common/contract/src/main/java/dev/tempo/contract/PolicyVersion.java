package dev.tempo.contract;

import java.util.Map;

/**
 * A version of the policy. Its message says that version k of a run exists and that round k begins.
 *
 * @param version number of the version, which counts on through the stages; 0 is the base model
 * @param stage name of the stage that round k belongs to; of the last stage when {@code last}
 * @param roundOfStage rounds of that stage that version k has behind it
 * @param last whether the run ends here: no round k follows
 * @param statistics of the update that made this version (loss, approx.kl, clip.fraction …); empty for version 0
 * @param rows how many trajectories carried {@code gradient}, were {@code failed}, {@code undecided} … in that update;
 *     empty for version 0
 * @param wallSeconds seconds since the run began
 * @param cpuSeconds processor seconds of policy-service since the run began
 */
public record PolicyVersion(
        String run,
        int version,
        ModelReference model,
        String stage,
        int roundOfStage,
        boolean last,
        Map<String, Double> statistics,
        Map<String, Integer> rows,
        double wallSeconds,
        double cpuSeconds) {
    public PolicyVersion {
        Check.text("run", run);
        Check.notNegative("version", version);
        statistics = Check.ordered(statistics);
        rows = Check.ordered(rows);
    }

    /**
     * Whether the update that made this version left the weights as they were, as none of its rows carried gradient;
     * false for a version that no update made.
     */
    public boolean trainedNothing() {
        return rows.containsKey("gradient") && rows.get("gradient") == 0;
    }

    /** The record key of a version of policy or critic. */
    public static String key(String run, int version) {
        return run + "/" + version;
    }
}
