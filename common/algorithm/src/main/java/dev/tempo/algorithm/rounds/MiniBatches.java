package dev.tempo.algorithm.rounds;

import java.util.ArrayList;
import java.util.List;

/**
 * The mini-batches of an epoch over a batch: the batch in a random order that depends on seed, purpose, round and epoch
 * alone, cut into equal parts.
 */
public final class MiniBatches {
    private MiniBatches() {}

    /**
     * The mini-batches of a batch; the last one holds what is left.
     *
     * @param batch sorted by id
     * @param size of a mini-batch, at least 1
     * @param seed the run's seed
     * @param purpose what is trained, so that policy and critic are shuffled independently
     * @param round the round whose batch it is
     * @param epoch counted from 0
     */
    public static <T> List<List<T>> of(List<T> batch, int size, long seed, String purpose, int round, int epoch) {
        if (size < 1) {
            throw new IllegalArgumentException("a mini-batch needs at least 1 row, but its size is " + size);
        }
        long key = CounterRandom.key(seed, "mini-batches", purpose, round, epoch);
        List<List<T>> parts = new ArrayList<>();
        List<T> part = new ArrayList<>();
        for (int position : CounterRandom.permutation(key, batch.size())) {
            part.add(batch.get(position));
            if (part.size() == size) {
                parts.add(List.copyOf(part));
                part.clear();
            }
        }
        if (!part.isEmpty()) {
            parts.add(List.copyOf(part));
        }
        return List.copyOf(parts);
    }
}
