package dev.tempo.algorithm.rounds;

import java.nio.charset.StandardCharsets;

/**
 * The project's only source of random numbers: a pure function of (key, position), without state.
 *
 * <p>A key names what is drawn, for instance {@code key(seed, round, purpose, question, sample)}; a position counts the
 * numbers drawn with that key. The same arguments give the same bits on every JVM, thread and attempt. The mixing function
 * is that of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
 */
public final class CounterRandom {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final long TEXT = 0x7465787400000000L;
    private static final long NUMBER = 0x6E756D6265720000L;

    private CounterRandom() {}

    /**
     * The key of a named stream.
     *
     * @param seed the run's seed
     * @param parts what the stream belongs to, in order: texts (by their UTF-8 bytes), whole numbers (an int and the
     *     long of the same value are the same part) or enum constants (by name). The number 3 and the text "3" differ,
     *     and so do ("ab", "c") and ("a", "bc").
     * @throws IllegalArgumentException if a part is of another type
     */
    public static long key(long seed, Object... parts) {
        long hash = mix(seed + GOLDEN_GAMMA);
        for (Object part : parts) {
            if (part instanceof String text) {
                hash = absorb(hash, text);
            } else if (part instanceof Enum<?> constant) {
                hash = absorb(hash, constant.name());
            } else if (part instanceof Long || part instanceof Integer || part instanceof Short) {
                hash = absorb(absorb(hash, NUMBER), ((Number) part).longValue());
            } else {
                throw new IllegalArgumentException(
                        "a part of a random key must be a text, a whole number or an enum" + " constant, but was "
                                + part + " of " + part.getClass().getName());
            }
        }
        return hash;
    }

    /** 64 random bits at a position of a stream. */
    static long bits(long key, long position) {
        return mix(mix(key) + GOLDEN_GAMMA * (position + 1));
    }

    /** A number uniform in [0, 1), with 53 random bits, at a position of a stream. */
    public static double uniform(long key, long position) {
        return (bits(key, position) >>> 11) * 0x1.0p-53;
    }

    /**
     * A whole number uniform in [0, bound) at a position of a stream.
     *
     * @throws IllegalArgumentException if the bound is not positive
     */
    public static int below(long key, long position, int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("the bound of a random number must be positive, but was " + bound);
        }
        return (int) (uniform(key, position) * bound);
    }

    /**
     * A standard normal number at a position of a stream (Box and Muller; the same bits on every JVM). It is computed from
     * the uniform numbers at twice the position and the one after, so a stream must serve either normal numbers or others,
     * not both.
     */
    public static double gaussian(long key, long position) {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(key, 2 * position)));
        return radius * StrictMath.cos(2 * Math.PI * uniform(key, 2 * position + 1));
    }

    /**
     * The numbers 0 to n - 1 in a random order (Fisher and Yates).
     *
     * @throws IllegalArgumentException if n is negative
     */
    public static int[] permutation(long key, int n) {
        if (n < 0) {
            throw new IllegalArgumentException("a permutation needs a length of at least 0, but got " + n);
        }
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        for (int i = n - 1; i > 0; i--) {
            int j = below(key, i, i + 1);
            int moved = order[i];
            order[i] = order[j];
            order[j] = moved;
        }
        return order;
    }

    private static long absorb(long hash, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        long absorbed = absorb(absorb(hash, TEXT), bytes.length);
        for (byte b : bytes) {
            absorbed = absorb(absorbed, b);
        }
        return absorbed;
    }

    private static long absorb(long hash, long value) {
        return mix((hash ^ mix(value + GOLDEN_GAMMA)) + GOLDEN_GAMMA);
    }

    private static long mix(long z) {
        long first = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long second = (first ^ (first >>> 27)) * 0x94D049BB133111EBL;
        return second ^ (second >>> 31);
    }
}
