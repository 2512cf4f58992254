package dev.tempo.conformance.formula;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of parsed JSON with computed values, entry by entry, which keeps the worst error and the first differences.
 */
final class FixtureComparison {
    /** The ordinary tolerance for float64: 1e-8, relative plus absolute. */
    static final double TOLERANCE = 1e-8;

    private static final int REPORTED = 3;

    private final List<String> reported = new ArrayList<>();
    private int differences;
    private double worstError;

    double worstError() {
        return worstError;
    }

    /** The differences in words; empty if there are none. */
    String message() {
        String first = String.join("; ", reported);
        return differences > reported.size() ? first + "; and " + (differences - reported.size()) + " more" : first;
    }

    void fail(String message) {
        differences++;
        if (reported.size() < REPORTED) {
            reported.add(message);
        }
    }

    /**
     * The comparison of two values.
     *
     * @param path where in the fixture the expected value stands, for messages
     * @param expected a number (or its text, where it is not finite), flag, text, null or nested list of them
     * @param actual a boxed number, array of numbers, matrix, flag, text, null or list of them
     * @param tolerance the greatest |actual - expected| / (1 + |expected|) that counts as equal
     */
    void compare(String path, @Nullable Object expected, @Nullable Object actual, double tolerance) {
        if (actual instanceof double[] row) {
            compare(path, expected, Arrays.stream(row).boxed().toList(), tolerance);
        } else if (actual instanceof double[][] rows) {
            compare(path, expected, Arrays.asList((Object[]) rows), tolerance);
        } else if (actual instanceof List<?> entries) {
            compareEntries(path, expected, entries, tolerance);
        } else if (actual instanceof Number number && Json.isNumber(expected)) {
            compareNumbers(path, Json.number(path, expected), number.doubleValue(), tolerance);
        } else if (!Objects.equals(expected, actual)) {
            differs(path, expected, actual);
        }
    }

    private void compareEntries(String path, @Nullable Object expected, List<?> actual, double tolerance) {
        if (!(expected instanceof List<?> entries)) {
            differs(path, expected, actual);
        } else if (entries.size() != actual.size()) {
            differs(path + " in length", entries.size(), actual.size());
        } else {
            for (int i = 0; i < entries.size(); i++) {
                compare(path + "[" + i + "]", entries.get(i), actual.get(i), tolerance);
            }
        }
    }

    private void compareNumbers(String path, double expected, double actual, double tolerance) {
        if (Double.isFinite(expected) && Double.isFinite(actual)) {
            double error = Math.abs(actual - expected) / (1 + Math.abs(expected));
            worstError = Math.max(worstError, error);
            if (error > tolerance) {
                fail(path + ": expected " + expected + ", but got " + actual);
            }
        } else if (Double.compare(expected, actual) != 0) {
            differs(path, expected, actual);
        }
    }

    private void differs(String path, @Nullable Object expected, @Nullable Object actual) {
        worstError = Double.POSITIVE_INFINITY;
        fail(path + ": expected " + expected + ", but got " + actual);
    }
}
