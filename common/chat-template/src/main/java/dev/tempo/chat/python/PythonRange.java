package dev.tempo.chat.python;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A range of Python.
 *
 * @param start the first number
 * @param stop the end, which is not part of the range
 * @param step the difference of adjacent numbers, never 0
 */
public record PythonRange(long start, long stop, long step) {
    private static final int LONGEST = 100_000;

    /**
     * Makes a range as the function {@code range()} does.
     *
     * @throws IllegalArgumentException if it is longer than jinja2's sandbox allows, or the step is 0
     */
    public PythonRange {
        if (step == 0) {
            throw new IllegalArgumentException("range() takes no step of 0");
        }
        if (size(start, stop, step) > LONGEST) {
            throw new IllegalArgumentException("range() counts to " + LONGEST + " at most");
        }
    }

    private static long size(long start, long stop, long step) {
        long distance = step > 0 ? stop - start : start - stop;
        return distance <= 0 ? 0 : (distance - 1) / Math.abs(step) + 1;
    }

    /** The numbers of the range. */
    List<Object> elements() {
        return LongStream.range(0, size(start, stop, step))
                .<Object>mapToObj(i -> BigInteger.valueOf(start + i * step))
                .toList();
    }

    /**
     * A part of the range.
     *
     * @param from an index from -1 to the range's length
     * @param to an index from -1 to the range's length
     * @param by the step of indices
     */
    PythonRange slice(int from, int to, BigInteger by) {
        if (by.bitLength() > Integer.SIZE) {
            throw new IllegalArgumentException("a slice's step of " + by + " is too large");
        }
        return new PythonRange(start + from * step, start + to * step, step * by.longValue());
    }

    String repr() {
        return "range(" + start + ", " + stop + (step == 1 ? "" : ", " + step) + ")";
    }
}
