package dev.tempo.model;

/** The positions of a critic step whose values regress on an outcome, as the script takes them. */
final class CriticTokens {
    private final long[] rows;
    private final long[] owners;
    private final float[][] numbers;

    private CriticTokens(int size) {
        this.rows = new long[size];
        this.owners = new long[size];
        this.numbers = new float[3][size];
    }

    /** @param length padded length of every sequence */
    static CriticTokens of(CriticMiniBatch batch, CriticLossSettings settings, int length) {
        int sequences = batch.sequences().size();
        int size = batch.sequences().stream()
                .mapToInt(sequence -> sequence.responseIds().length + 1)
                .sum();
        CriticTokens tokens = new CriticTokens(size);
        int next = 0;
        for (int row = 0; row < sequences; row++) {
            Sequence sequence = batch.sequences().get(row);
            int values = sequence.responseIds().length + 1;
            double weight = settings.aggregation().weight(size, sequences, values);
            for (int t = 0; t < values; t++) {
                tokens.rows[next] = (long) row * length + sequence.promptIds().length - 1 + t;
                tokens.owners[next] = row;
                tokens.numbers[0][next] = batch.outcomes().get(row);
                tokens.numbers[1][next] = (float) weight;
                if (settings.kind() == CriticLossKind.CLIPPED) {
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

    /** [3, N]: outcome, weight in the loss, old value. */
    float[][] numbers() {
        return numbers;
    }
}
