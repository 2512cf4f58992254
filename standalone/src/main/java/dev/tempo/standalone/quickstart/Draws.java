package dev.tempo.standalone.quickstart;

import dev.tempo.algorithm.rounds.CounterRandom;
import java.util.List;

/** Random numbers of one key, one after the other. */
final class Draws {
    private final long key;
    private long position;

    Draws(long seed, Object... purpose) {
        key = CounterRandom.key(seed, purpose);
    }

    double uniform() {
        return CounterRandom.uniform(key, position++);
    }

    int below(int bound) {
        return CounterRandom.below(key, position++, bound);
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** An index with probability proportional to its weight. */
    int weighted(double... weights) {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        double left = uniform() * total;
        for (int i = 0; i < weights.length; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    <T> List<T> shuffled(List<T> items) {
        int[] order = CounterRandom.permutation(CounterRandom.key(key, position++), items.size());
        return java.util.Arrays.stream(order).mapToObj(items::get).toList();
    }
}
