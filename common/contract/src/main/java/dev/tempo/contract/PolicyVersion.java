package dev.tempo.contract;

import java.util.Map;
import org.jspecify.annotations.Nullable;

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
 * @param token of the trainer that published it; null where it had none
 * @param reasons the most frequent reasons why rows carried no gradient, with how many each held back; null unless that was
 *     true of all rows of the update
 * @param questions what round k draws where questions arrive; null elsewhere, and until enough have arrived: the version is
 *     published again then, with them and otherwise the same
 * @param wentBackTo the promoted version whose weights and optimizer this one has, since training went back to it instead of learning from
 *     the round; null of every other version
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
        double cpuSeconds,
        @Nullable Long token,
        @Nullable Map<String, Integer> reasons,
        @Nullable DrawnQuestions questions,
        @Nullable Integer wentBackTo)
        implements PublishedVersion {
    /** The statistic that is 0 where every row was worth what was expected of it. */
    private static final String ADVANTAGE = "advantage.mean.abs";

    public PolicyVersion {
        Check.text("run", run);
        Check.notNegative("version", version);
        statistics = Check.ordered(statistics);
        rows = Check.ordered(rows);
        reasons = reasons == null ? null : Check.ordered(reasons);
        if (wentBackTo != null && (wentBackTo < 0 || wentBackTo >= version)) {
            throw new IllegalArgumentException(
                    "wentBackTo must be an earlier version than " + version + " but is " + wentBackTo);
        }
    }

    /** A version of an update in which some row carried gradient, or of none, published by a trainer without a token. */
    public PolicyVersion(
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
        this(run, version, model, stage, roundOfStage, last, statistics, rows, wallSeconds, cpuSeconds, null, null);
    }

    /** A version of a run whose questions do not arrive. */
    public PolicyVersion(
            String run,
            int version,
            ModelReference model,
            String stage,
            int roundOfStage,
            boolean last,
            Map<String, Double> statistics,
            Map<String, Integer> rows,
            double wallSeconds,
            double cpuSeconds,
            @Nullable Long token,
            @Nullable Map<String, Integer> reasons) {
        this(
                run,
                version,
                model,
                stage,
                roundOfStage,
                last,
                statistics,
                rows,
                wallSeconds,
                cpuSeconds,
                token,
                reasons,
                null);
    }

    /** A version that an update made, or none. */
    public PolicyVersion(
            String run,
            int version,
            ModelReference model,
            String stage,
            int roundOfStage,
            boolean last,
            Map<String, Double> statistics,
            Map<String, Integer> rows,
            double wallSeconds,
            double cpuSeconds,
            @Nullable Long token,
            @Nullable Map<String, Integer> reasons,
            @Nullable DrawnQuestions questions) {
        this(
                run,
                version,
                model,
                stage,
                roundOfStage,
                last,
                statistics,
                rows,
                wallSeconds,
                cpuSeconds,
                token,
                reasons,
                questions,
                null);
    }

    /** The same version, published again by another trainer. */
    public PolicyVersion withToken(long successor) {
        return new PolicyVersion(
                run,
                version,
                model,
                stage,
                roundOfStage,
                last,
                statistics,
                rows,
                wallSeconds,
                cpuSeconds,
                successor,
                reasons,
                questions,
                wentBackTo);
    }

    /**
     * Whether the update that made this version left the weights as they were, as none of its rows carried gradient;
     * false for a version that no update made.
     */
    public boolean trainedNothing() {
        return rows.containsKey("gradient") && rows.get("gradient") == 0;
    }

    /**
     * Whether no row told the policy anything: none had a reward, or all that had one were worth exactly what was expected
     * of them, or training went back instead of learning from them. The weights may have moved all the same, by what was rehearsed. False for a version that no update made.
     */
    public boolean taughtNothing() {
        return wentBackTo != null || trainedNothing() || statistics.getOrDefault(ADVANTAGE, 1.0) == 0;
    }

    /** The record key of a version of policy or critic. */
    public static String key(String run, int version) {
        return run + "/" + version;
    }
}
