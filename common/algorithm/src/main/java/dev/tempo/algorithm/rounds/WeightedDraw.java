package dev.tempo.algorithm.rounds;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The draw of some of many without replacement, each with a weight: the ones with the largest u^(1/w), where u is a uniform number of each
 * one's own. The first has a probability of its weight over the sum of all weights, the second likewise among those left, and so on
 * (Efraimidis and Spirakis, Weighted random sampling with a reservoir, Information Processing Letters 97, 2006). Whether one is among the
 * drawn depends on the others only by their scores, so one more or less moves at most one.
 */
public final class WeightedDraw {
    private record Scored(String id, double score) {}

    private WeightedDraw() {}

    /**
     * The drawn, in the order in which they were drawn.
     *
     * @param key of this draw's random numbers; of {@link CounterRandom#key}
     * @param weights by id, each greater than 0
     * @param wanted how many are drawn, at most as many as there are
     */
    public static List<String> draw(long key, Map<String, Double> weights, int wanted) {
        if (wanted < 0 || wanted > weights.size()) {
            throw new IllegalArgumentException("cannot draw " + wanted + " of " + weights.size());
        }
        List<Scored> scored = new ArrayList<>();
        new TreeMap<>(weights).forEach((id, weight) -> {
            if (!(weight > 0) || Double.isInfinite(weight)) {
                throw new IllegalArgumentException("the weight of " + id + " must be greater than 0 but is " + weight);
            }
            // the logarithm of u^(1/w), of which no weight makes a 0 or a 1
            scored.add(new Scored(
                    id, StrictMath.log1p(-CounterRandom.uniform(CounterRandom.key(key, id), 0)) / weight));
        });
        return scored.stream()
                .sorted(Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::id))
                .limit(wanted)
                .map(Scored::id)
                .toList();
    }
}
