package dev.tempo.model.training;

import dev.tempo.contract.recipe.ValueLossKind;
import dev.tempo.model.Sequence;

/** The positions of a critic step whose values are regressed on an outcome, as the script takes them. */
final class CriticTokens {
    private final long[] rows;
    private final long[] owners;
    private final float[][] numbers;

    private CriticTokens(int size) {
        this.rows = new long[size];
        this.owners = new long[size];
        this.numbers = new float[3][size];
    }

    /** The number of values in a mini-batch, over which its loss is a mean. */
    static int count(CriticMiniBatch batch) {
        return batch.sequences().stream()
                .mapToInt(sequence -> sequence.responseIds().length + 1)
                .sum();
    }

    /**
     * The positions of a mini-batch, or of a part of one.
     *
     * @param batch the mini-batch or the part
     * @param whole the mini-batch
     * @param length padded length of every sequence
     */
    static CriticTokens of(CriticMiniBatch batch, CriticMiniBatch whole, CriticLossSettings settings, int length) {
        int sequences = batch.sequences().size();
        int size = count(whole);
        CriticTokens tokens = new CriticTokens(count(batch));
        int next = 0;
        for (int row = 0; row < sequences; row++) {
            Sequence sequence = batch.sequences().get(row);
            int values = sequence.responseIds().length + 1;
            double weight = TokenWeights.weight(
                    settings.aggregation(), size, whole.sequences().size(), values);
            for (int t = 0; t < values; t++) {
                tokens.rows[next] = (long) row * length + sequence.promptIds().length - 1 + t;
                tokens.owners[next] = row;
                tokens.numbers[0][next] = batch.outcomes().get(row);
                tokens.numbers[1][next] = (float) weight;
                if (settings.kind() == ValueLossKind.CLIPPED) {
                    tokens.numbers[2][next] = batch.oldValues().get(row)[t];
                }
                next++;
            }
        }
        return tokens;
    }

    long[] rows() {
        return rows;
    }

    long[] owners() {
        return owners;
    }

    /** The numbers of each position, [3, N]: outcome, weight in the loss, old value. */
    float[][] numbers() {
        return numbers;
    }
}
