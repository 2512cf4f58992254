package dev.tempo.model;

import java.util.List;

/**
 * What one policy step learns from. Log-probabilities and advantages have an entry per response token; entries at the
 * environment's tokens are ignored.
 *
 * @param oldLogProbs in nats under the policy before its first update on the batch, as {@link PolicyTrainer#logProbs}
 *     gives them
 * @param rehearsal traces to rehearse by cross-entropy (PTX); may be empty
 */
public record PolicyMiniBatch(
        List<Sequence> sequences, List<float[]> oldLogProbs, List<float[]> advantages, List<Sequence> rehearsal) {
    public PolicyMiniBatch {
        sequences = List.copyOf(sequences);
        oldLogProbs = List.copyOf(oldLogProbs);
        advantages = List.copyOf(advantages);
        rehearsal = List.copyOf(rehearsal);
        if (sequences.isEmpty() && rehearsal.isEmpty()) {
            throw new IllegalArgumentException("a policy step needs at least one sequence");
        }
        requireEntries("old log-probabilities", sequences, oldLogProbs);
        requireEntries("advantages", sequences, advantages);
    }

    private static void requireEntries(String name, List<Sequence> sequences, List<float[]> rows) {
        if (rows.size() != sequences.size()) {
            throw new IllegalArgumentException(
                    rows.size() + " rows of " + name + " do not fit " + sequences.size() + " sequences");
        }
        for (int row = 0; row < rows.size(); row++) {
            int expected = sequences.get(row).responseIds().length;
            if (rows.get(row).length != expected) {
                throw new IllegalArgumentException(rows.get(row).length + " " + name + " in row " + row
                        + " do not fit a response of " + expected + " tokens");
            }
        }
    }
}
