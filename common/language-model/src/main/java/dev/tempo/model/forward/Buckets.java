package dev.tempo.model.forward;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.scripts.ProductRows;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/**
 * Rounded-up lengths and batch sizes, chosen so that the bits of a row do not depend on the rows beside it. A sum changes
 * with its number of terms, so a padded length follows from the row's own length. A matrix product takes other kernels for
 * few rows than for many, so rows fill blocks of {@link ProductRows}. Elementwise kernels compute what does not fill two
 * vector registers (32 numbers) by scalar code, whose exp rounds in another way, so a batch's rows of the MLP (the only exp
 * outside of rows) fill whole registers.
 */
public final class Buckets {
    /**
     * The fewest tokens of a pass over a cache: for a single row torch computes a reduction over the last dimension in
     * another way.
     */
    private static final int FEWEST_CACHED = 2;
    /**
     * The fewest tokens of a batch of whole sequences, and the fewest rows of a head's product, for the reason given at
     * {@code FEWEST_CACHED}.
     */
    private static final int FEWEST_WHOLE = 16;

    private static final int VECTORS = 32;
    /** The length up to which attention scores are computed as plain products; longer sequences use the fused kernel. */
    public static final int SHORT = 64;

    private final int alignment;
    private final int cachedMultiple;
    private final int wholeMultiple;
    private final int measuredMultiple;

    Buckets(ModelConfig config, ProductRows rows) {
        this.alignment = Math.min(VECTORS, Integer.lowestOneBit(config.intermediateSize()));
        this.cachedMultiple = common(rows.cached().unit(), Math.max(FEWEST_CACHED, VECTORS / alignment));
        this.measuredMultiple = common(rows.whole().unit(), FEWEST_WHOLE);
        this.wholeMultiple = common(measuredMultiple, VECTORS / alignment);
    }

    private static int common(int a, int b) {
        return a / greatestDivisor(a, b) * b;
    }

    private static int greatestDivisor(int a, int b) {
        return b == 0 ? a : greatestDivisor(b, a % b);
    }

    /** The padded length of a sequence of this many tokens. */
    public static int length(int tokens) {
        if (tokens <= SHORT) {
            return roundUp(tokens, 4);
        }
        return roundUp(tokens, tokens <= 512 ? 16 : 64);
    }

    /** The number of keys that are read for a token which attends to {@code positions} positions, its own included. */
    public static int attended(int positions) {
        return positions <= SHORT ? positions : length(positions);
    }

    /** The smallest number of positions for which {@link #attended} gives the same number of keys. */
    public static int fewestAttended(int positions) {
        int attended = attended(positions);
        return attended <= SHORT ? attended : attended - (attended <= 512 ? 16 : 64) + 1;
    }

    /**
     * The number of positions that the cache reserves for a sequence that may grow to {@code positions}: at most an eighth
     * more than it needs, and at least 16.
     */
    public static int capacity(int positions) {
        return roundUp(positions, Math.max(16, Integer.highestOneBit(positions) / 8));
    }

    /** The number of tokens, padding included, of a pass over the cache that runs {@code tokens} real ones. */
    public int cached(int tokens) {
        return roundUp(tokens, cachedMultiple);
    }

    /** The number of rows, padding included, of a batch of {@code rows} sequences of a padded length. */
    int rows(int rows, int length) {
        return roundUp(rows, wholeMultiple / greatestDivisor(wholeMultiple, length));
    }

    /** The number of rows of hidden states, padding included, that a head computes for {@code rows} real ones. */
    int measured(int rows) {
        return roundUp(rows, measuredMultiple);
    }

    public static int roundUp(int number, int multiple) {
        return (number + multiple - 1) / multiple * multiple;
    }

    /**
     * The rows grouped by padded length, in groups of at most as many as a limit for that length allows.
     *
     * @param rows the number of rows
     * @param tokens the number of tokens of a row, by its index
     * @param limit the most rows of a group, by padded length
     */
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

    /**
     * A group of rows that are computed together.
     *
     * @param length their padded length in tokens
     * @param rows their indices
     */
    record Group(int length, List<Integer> rows) {}
}
