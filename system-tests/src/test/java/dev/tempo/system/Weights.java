package dev.tempo.system;

import java.util.SortedMap;
import java.util.TreeMap;

/** What a run's policy and critic versions hash to, by version. */
record Weights(SortedMap<Integer, String> policies, SortedMap<Integer, String> critics) {

    /** Those of version {@code first} and later. */
    Weights from(int first) {
        return new Weights(new TreeMap<>(policies.tailMap(first)), new TreeMap<>(critics.tailMap(first)));
    }
}
