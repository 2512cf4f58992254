package dev.tempo.model.training;

import dev.tempo.model.Sequence;
import java.util.List;

/**
 * The tokens that a policy step's loss counts, as the script takes them: those of a mini-batch's sequences first, rehearsed
 * ones behind.
 */
public final class PolicyTokens {
    private final long[] rows;
    private final long[] targets;
    private final long[] owners;
    private final float[][] numbers;
    private final int counted;

    private PolicyTokens(int size, int counted) {
        this.rows = new long[size];
        this.targets = new long[size];
        this.owners = new long[size];
        this.numbers = new float[4][size];
        this.counted = counted;
    }

    /**
     * The counts by which a policy's loss is averaged.
     *
     * @param counted tokens of the mini-batch's sequences that the policy wrote
     * @param sequences those that have such a token
     * @param rehearsed tokens of the rehearsed traces
     */
    public record Totals(int counted, long sequences, int rehearsed) {
        /**
         * The counts of a mini-batch.
         *
         * @throws IllegalArgumentException if there is no token to learn from
         */
        public static Totals of(PolicyMiniBatch batch, PolicyLossSettings settings) {
            int counted = count(batch.sequences());
            int rehearsed = settings.rehearsalWeight() > 0 ? count(batch.rehearsal()) : 0;
            if (counted + rehearsed == 0) {
                throw new IllegalArgumentException("no token of the mini-batch's "
                        + batch.sequences().size() + " sequences was written by the policy");
            }
            long sequences = batch.sequences().stream()
                    .filter(sequence -> sequence.policyTokens() > 0)
                    .count();
            return new Totals(counted, sequences, rehearsed);
        }
    }

    /**
     * The tokens of a mini-batch, or of a part of one.
     *
     * @param totals the counts of the whole mini-batch, over which the loss is a mean
     * @param length padded length of every sequence
     */
    public static PolicyTokens of(PolicyMiniBatch batch, Totals totals, PolicyLossSettings settings, int length) {
        List<Sequence> rehearsal = settings.rehearsalWeight() > 0 ? batch.rehearsal() : List.of();
        int counted = count(batch.sequences());
        PolicyTokens tokens = new PolicyTokens(counted + count(rehearsal), counted);
        int next = 0;
        for (int row = 0; row < batch.sequences().size(); row++) {
            Sequence sequence = batch.sequences().get(row);
            double weight = TokenWeights.weight(
                    settings.aggregation(), totals.counted, totals.sequences, sequence.policyTokens());
            for (int t = 0; t < sequence.responseIds().length; t++) {
                if (!sequence.environmentMask()[t]) {
                    tokens.put(next, sequence, row, t, length);
                    tokens.owners[next] = row;
                    tokens.numbers[0][next] = batch.oldLogProbs().get(row)[t];
                    tokens.numbers[1][next] = batch.advantages().get(row)[t];
                    tokens.numbers[2][next] = (float) weight;
                    next++;
                }
            }
        }
        for (int i = 0; i < rehearsal.size(); i++) {
            Sequence sequence = rehearsal.get(i);
            for (int t = 0; t < sequence.responseIds().length; t++) {
                if (!sequence.environmentMask()[t]) {
                    tokens.put(next, sequence, batch.sequences().size() + i, t, length);
                    tokens.numbers[3][next] = (float) (settings.rehearsalWeight() / totals.rehearsed);
                    next++;
                }
            }
        }
        return tokens;
    }

    private static int count(List<Sequence> sequences) {
        return sequences.stream().mapToInt(Sequence::policyTokens).sum();
    }

    private void put(int at, Sequence sequence, int row, int t, int length) {
        rows[at] = (long) row * length + sequence.promptIds().length - 1 + t;
        targets[at] = sequence.responseIds()[t];
    }

    /** The position of each token's prediction, [N], in the flattened hidden states [B * T]. */
    public long[] rows() {
        return rows;
    }

    /** The id of each token, [N]. */
    public long[] targets() {
        return targets;
    }

    /** The sequence of each token, [N], by its index in the mini-batch; 0 for rehearsed tokens. */
    public long[] owners() {
        return owners;
    }

    /** The numbers of each token, [4, N]: old log-probability, advantage, weight in the loss, weight of rehearsal. */
    public float[][] numbers() {
        return numbers;
    }

    int counted() {
        return counted;
    }
}
