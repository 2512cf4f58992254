package dev.tempo.model.inference;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The free cells of the cache. Blocks are taken from the lowest cells on, so that blocks of equal size come to lie side by
 * side.
 */
final class CacheSpace {
    private final long size;
    private final TreeMap<Long, Long> free = new TreeMap<>();

    CacheSpace(long size) {
        this.size = size;
        clear();
    }

    /** Frees all cells. */
    void clear() {
        free.clear();
        free.put(0L, size);
    }

    long size() {
        return size;
    }

    /**
     * Reserves a block of adjacent cells, and gives the first of them; empty if no stretch of free cells is long enough now.
     */
    OptionalLong take(long cells) {
        for (Map.Entry<Long, Long> stretch : free.entrySet()) {
            if (stretch.getValue() >= cells) {
                long from = stretch.getKey();
                long left = stretch.getValue() - cells;
                free.remove(from);
                if (left > 0) {
                    free.put(from + cells, left);
                }
                return OptionalLong.of(from);
            }
        }
        return OptionalLong.empty();
    }

    void release(long from, long cells) {
        long start = from;
        long length = cells;
        Map.Entry<Long, Long> before = free.lowerEntry(from);
        if (before != null && before.getKey() + before.getValue() == from) {
            start = before.getKey();
            length += before.getValue();
        }
        Long after = free.remove(from + cells);
        if (after != null) {
            length += after;
        }
        free.put(start, length);
    }
}
