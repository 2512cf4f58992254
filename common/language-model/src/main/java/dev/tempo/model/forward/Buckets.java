package dev.tempo.model.forward;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.scripts.ProductRows;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/**
 * How lengths and batches are rounded up so that a row's bits do not depend on its company: sums change with their
 * length, so a padded length follows from the row's own; a matrix product takes other kernels for few rows and for many, so
 * rows fill blocks of {@link ProductRows}; and elementwise kernels leave what does not fill two vector registers (32 numbers)
 * to scalar code, whose exp rounds otherwise, so a batch's rows of the MLP (the only exp outside of rows) fill them.
 */
public final class Buckets {
    /** Tokens of a pass over a cache: a reduction over the last dimension of a single row is another one. */
    private static final int FEWEST_CACHED = 2;
    /** Tokens of whole sequences, for the same reason, and rows of a head's product. */
    private static final int FEWEST_WHOLE = 16;

    private static final int VECTORS = 32;
    /** Up to this length scores are computed as plain products; beyond, by the fused kernel. */
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

    /** The padded length of a sequence. */
    public static int length(int tokens) {
        if (tokens <= SHORT) {
            return roundUp(tokens, 4);
        }
        return roundUp(tokens, tokens <= 512 ? 16 : 64);
    }

    /** How many keys are read for a token that sees so many positions, itself included. */
    public static int attended(int positions) {
        return positions <= SHORT ? positions : length(positions);
    }

    /** The fewest positions for which as many keys are read. */
    public static int fewestAttended(int positions) {
        int attended = attended(positions);
        return attended <= SHORT ? attended : attended - (attended <= 512 ? 16 : 64) + 1;
    }

    /** How many positions a sequence that may grow to so many gets in the cache: at most an eighth more than it needs. */
    public static int capacity(int positions) {
        return roundUp(positions, Math.max(16, Integer.highestOneBit(positions) / 8));
    }

    /** The number of tokens that a pass over the cache is padded to when it has {@code tokens} to run. */
    public int cached(int tokens) {
        return roundUp(tokens, cachedMultiple);
    }

    /** How many rows a batch of so many sequences of a padded length has. */
    int rows(int rows, int length) {
        return roundUp(rows, wholeMultiple / greatestDivisor(wholeMultiple, length));
    }

    /** How many rows of hidden states a head takes for so many. */
    int measured(int rows) {
        return roundUp(rows, measuredMultiple);
    }

    public static int roundUp(int number, int multiple) {
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
