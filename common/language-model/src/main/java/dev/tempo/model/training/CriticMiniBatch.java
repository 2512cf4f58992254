package dev.tempo.model.training;

import dev.tempo.contract.recipe.ValueLossKind;
import dev.tempo.model.Sequence;
import java.util.List;

/**
 * A mini-batch from which a critic learns in one step.
 *
 * @param sequences prompts with their judged responses
 * @param outcomes per sequence the judged outcome R towards which each of its n + 1 values is regressed
 * @param oldValues per sequence its n + 1 values before the first update on the batch; only {@link ValueLossKind#CLIPPED}
 *     reads them, empty otherwise
 */
public record CriticMiniBatch(List<Sequence> sequences, List<Float> outcomes, List<float[]> oldValues) {
    public CriticMiniBatch {
        sequences = List.copyOf(sequences);
        outcomes = List.copyOf(outcomes);
        oldValues = List.copyOf(oldValues);
        if (sequences.isEmpty()) {
            throw new IllegalArgumentException("a critic step needs at least one sequence");
        }
        if (outcomes.size() != sequences.size()) {
            throw new IllegalArgumentException(
                    outcomes.size() + " outcomes do not fit " + sequences.size() + " sequences");
        }
        if (!oldValues.isEmpty() && oldValues.size() != sequences.size()) {
            throw new IllegalArgumentException(
                    oldValues.size() + " rows of old values do not fit " + sequences.size() + " sequences");
        }
        for (int row = 0; row < oldValues.size(); row++) {
            int expected = sequences.get(row).responseIds().length + 1;
            if (oldValues.get(row).length != expected) {
                throw new IllegalArgumentException(oldValues.get(row).length + " old values in row " + row
                        + " do not fit the " + expected + " of its response");
            }
        }
    }

    public CriticMiniBatch(List<Sequence> sequences, List<Float> outcomes) {
        this(sequences, outcomes, List.of());
    }

    /**
     * The mini-batch split into parts that fit a budget of tokens.
     *
     * @param budget tokens of a part, padding included; 0 for no limit
     */
    List<CriticMiniBatch> parts(int budget) {
        List<Integer> lengths = sequences.stream().map(Sequence::length).toList();
        return MicroBatches.of(lengths, budget).stream()
                .map(rows -> new CriticMiniBatch(
                        MicroBatches.pick(sequences, rows),
                        MicroBatches.pick(outcomes, rows),
                        oldValues.isEmpty() ? List.of() : MicroBatches.pick(oldValues, rows)))
                .toList();
    }
}
