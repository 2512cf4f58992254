package dev.tempo.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a version that was tried against the promoted one, or that its operator wished to be promoted. The version to serve is that
 * of the run's last record whose outcome is PROMOTED.
 *
 * @param number of the record within its run, from 0; a number has one content
 * @param version that was tried
 * @param against the promoted version that it was compared with; null where it was compared with none
 * @param model the version's files; of a promoted version a copy of its own, which stays while it is one of the last five
 * @param questions how many were compared
 * @param undecided samples of both versions that no judge decided; each counts against the version where it would be promoted, and for it
 *     where it would be called worse
 * @param comparisons the evidence, by measure; empty where nothing was compared
 * @param shadowed what shadow traffic came to by then, for information: it decides nothing; empty where there was none
 * @param wish the id of the operator's wish that this answers; null where nobody wished it
 * @param reason in words
 * @param token of who tried it, greater than of all who did before; null where there was none
 */
public record Promotion(
        String run,
        int number,
        int version,
        PromotionOutcome outcome,
        @Nullable Integer against,
        ModelReference model,
        int questions,
        int undecided,
        List<Comparison> comparisons,
        List<ShadowComparison> shadowed,
        @Nullable String wish,
        String reason,
        @Nullable Long token) {
    public Promotion {
        Check.text("run", run);
        Check.notNegative("number", number);
        Check.notNegative("version", version);
        Check.notNegative("questions", questions);
        Check.notNegative("undecided", undecided);
        Check.text("reason", reason);
        comparisons = List.copyOf(comparisons);
        shadowed = shadowed == null ? List.of() : List.copyOf(shadowed);
    }

    /** A record without shadow traffic. */
    public Promotion(
            String run,
            int number,
            int version,
            PromotionOutcome outcome,
            @Nullable Integer against,
            ModelReference model,
            int questions,
            int undecided,
            List<Comparison> comparisons,
            @Nullable String wish,
            String reason,
            @Nullable Long token) {
        this(
                run,
                number,
                version,
                outcome,
                against,
                model,
                questions,
                undecided,
                comparisons,
                List.of(),
                wish,
                reason,
                token);
    }

    /** The record key: that of one of a run's records. */
    public static String key(String run, int number) {
        return run + "/" + number;
    }

    /** Of two records of one number that of who came later; the first one where neither did. */
    public static Promotion ofLaterOwner(Promotion first, Promotion other) {
        long before = first.token == null ? 0 : first.token;
        return other.token != null && other.token > before ? other : first;
    }

    /**
     * One measure of two versions on the same questions, each measure a fraction from 0 to 1.
     *
     * @param measure what is compared: avg, pass, malformed or length
     * @param candidate its mean for the version, what no judge decided counted as wrong
     * @param promoted its mean for the promoted version, likewise
     * @param margin by how much the version may be worse
     * @param notWorse how sure it is that it is not worse by more than that, from 0 to 1
     * @param worse how sure it is that it is
     */
    public record Comparison(
            String measure, double candidate, double promoted, double margin, double notWorse, double worse) {}

    /**
     * One measure of two versions' responses to the same questions of served chats.
     *
     * @param measure what is compared: value, the critic's last value, or verdict, a judge's reward
     * @param pairs questions that both have responded to
     * @param candidate its mean for the version
     * @param promoted its mean for the promoted version
     * @param low lower end of the 95 % bootstrap interval, over pairs, of the mean difference, the version's less the promoted one's
     * @param high its upper end
     */
    public record ShadowComparison(
            String measure, int pairs, double candidate, double promoted, double low, double high) {
        /** The measure that is the critic's last value. */
        public static final String VALUE = "value";

        /** The measure that is a judge's reward. */
        public static final String VERDICT = "verdict";

        /** The mean difference, the version's less the promoted one's. */
        @JsonIgnore
        public double difference() {
            return candidate - promoted;
        }
    }
}
