package dev.tempo.model.training;

import dev.tempo.model.Sequence;
import dev.tempo.model.forward.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A mini-batch from which a policy learns in one step. Log-probabilities and advantages have an entry per response token;
 * entries at the environment's tokens are ignored.
 *
 * @param sequences prompts with their responses
 * @param oldLogProbs in nats under the policy before its first update on the batch, as {@link PolicyTrainer#logProbs} gives
 *     them
 * @param advantages A_t of each response token
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

    /**
     * The mini-batch split into parts that fit a budget of tokens. Rows without a token to learn from are left out.
     *
     * @param rehearsed whether the rehearsal counts
     * @param budget tokens of a part, padding included; 0 for no limit
     */
    List<PolicyMiniBatch> parts(boolean rehearsed, int budget) {
        List<Sequence> all = new ArrayList<>(sequences);
        if (rehearsed) {
            all.addAll(rehearsal);
        }
        List<Integer> useful = IntStream.range(0, all.size())
                .filter(row -> all.get(row).policyTokens() > 0)
                .boxed()
                .toList();
        List<Integer> lengths = useful.stream()
                .map(row -> Measurement.inputs(all.get(row), false))
                .toList();
        return MicroBatches.of(lengths, budget).stream()
                .map(part -> part(MicroBatches.pick(useful, part)))
                .toList();
    }

    private PolicyMiniBatch part(List<Integer> rows) {
        int own = sequences.size();
        List<Integer> mine = rows.stream().filter(row -> row < own).toList();
        List<Integer> rehearsed =
                rows.stream().filter(row -> row >= own).map(row -> row - own).toList();
        return new PolicyMiniBatch(
                MicroBatches.pick(sequences, mine),
                MicroBatches.pick(oldLogProbs, mine),
                MicroBatches.pick(advantages, mine),
                MicroBatches.pick(rehearsal, rehearsed));
    }
}
