package dev.tempo.messaging.removal;

import java.util.Map;

/**
 * What was taken from the topics.
 *
 * @param starts the offset at which each partition begins, by its name and number as Kafka calls its directory
 * @param keptShares of each partition in which records of kept runs are left, by its name and number as Kafka calls its directory, the
 *     part of what it held by bytes that is theirs, in (0, 1]
 * @param erased keys that were erased in compacted topics
 */
public record Removal(Map<String, Long> starts, Map<String, Double> keptShares, int erased) {
    public Removal {
        starts = Map.copyOf(starts);
        keptShares = Map.copyOf(keptShares);
    }
}
