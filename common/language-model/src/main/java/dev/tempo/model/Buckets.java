package dev.tempo.model;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/**
 * How lengths and batches are rounded up so that a row's bits do not depend on its company: sums change with their
 * length, so a padded length follows from the row's own; a matrix product takes other kernels for few rows and for many, so
 * there are fewest and most; and elementwise kernels leave what does not fill two vector registers (32 numbers) to scalar
 * code, whose exp rounds otherwise, so a batch's rows of the MLP (the only exp outside of rows) fill them.
 */
final class Buckets {
    /** Sequences, of 4 tokens at least: 32 rows of a product, whose bits are others below 16 with matrices outputs first. */
    private static final int FEWEST_ROWS = 8;
    /** Tokens of a pass over a cache: with matrices inputs first only a single row has other bits. */
    private static final int FEWEST_CACHED = 2;

    private static final int VECTORS = 32;
    /** Up to this length scores are computed as plain products; beyond, by the fused kernel. */
    static final int SHORT = 64;

    /** Sums of up to so many products have the same bits for any number of tokens. */
    private static final int SHORT_SUM = 512;
    /** Longer ones up to this many: from 192 on MKL takes another kernel for some shapes. */
    private static final int MOST_CACHED = 128;

    private final int multiple;
    private final int cachedMultiple;
    private final int mostCached;
    private final int alignment;

    /** @param exact whether bits are promised: on a processor, in float32 */
    Buckets(ModelConfig config, boolean exact) {
        this.alignment = Math.min(VECTORS, Integer.lowestOneBit(config.intermediateSize()));
        this.multiple = Math.max(FEWEST_ROWS, VECTORS / alignment);
        this.cachedMultiple = Math.max(FEWEST_CACHED, VECTORS / alignment);
        int queries = config.attentionHeads() * config.headDimension();
        int longest = Math.max(queries, Math.max(config.hiddenSize(), config.intermediateSize()));
        this.mostCached = exact && longest > SHORT_SUM ? MOST_CACHED : Integer.MAX_VALUE;
    }

    /** The padded length of a sequence. */
    static int length(int tokens) {
        if (tokens <= SHORT) {
            return roundUp(tokens, 4);
        }
        return roundUp(tokens, tokens <= 512 ? 16 : 64);
    }

    /** How many keys are read for a token that sees so many positions, itself included. */
    static int attended(int positions) {
        return positions <= SHORT ? positions : length(positions);
    }

    /** The fewest positions for which as many keys are read. */
    static int fewestAttended(int positions) {
        int attended = attended(positions);
        return attended <= SHORT ? attended : attended - (attended <= 512 ? 16 : 64) + 1;
    }

    /** How many positions a sequence that may grow to so many gets in the cache: at most an eighth more than it needs. */
    static int capacity(int positions) {
        return roundUp(positions, Math.max(16, Integer.highestOneBit(positions) / 8));
    }

    /** How many tokens a pass over a cache has that runs so many. */
    int cached(int tokens) {
        return roundUp(tokens, cachedMultiple);
    }

    /** How many tokens a pass over a cache may run at most, where bits are promised. */
    int mostCached() {
        return mostCached;
    }

    /** How many rows a batch of so many has. */
    int rows(int rows) {
        return roundUp(rows, multiple);
    }

    /** The same of a batch of sequences of a padded length: long ones have rows enough, but for the vector registers. */
    int rows(int rows, int length) {
        if (length <= SHORT) {
            return rows(rows);
        }
        return roundUp(rows, VECTORS / Math.min(VECTORS, Integer.lowestOneBit(length * alignment)));
    }

    static int roundUp(int number, int multiple) {
        return (number + multiple - 1) / multiple * multiple;
    }

    /** Indices of rows with the same padded length, in lists of at most {@code limit} of that length. */
    List<Group> groups(int rows, IntUnaryOperator tokens, IntUnaryOperator limit) {
        TreeMap<Integer, List<Integer>> byLength = new TreeMap<>();
        for (int row = 0; row < rows; row++) {
            byLength.computeIfAbsent(length(tokens.applyAsInt(row)), ignored -> new ArrayList<>())
                    .add(row);
        }
        List<Group> groups = new ArrayList<>();
        byLength.forEach((length, members) -> {
            int step = rows(1, length);
            int most = Math.max(step, limit.applyAsInt(length) / step * step);
            for (int from = 0; from < members.size(); from += most) {
                groups.add(new Group(length, members.subList(from, Math.min(members.size(), from + most))));
            }
        });
        return groups;
    }

    /** Rows that are computed together. */
    record Group(int length, List<Integer> rows) {}
}
