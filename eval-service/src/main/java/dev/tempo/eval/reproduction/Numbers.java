package dev.tempo.eval.reproduction;

import dev.tempo.algorithm.Bootstrap;
import java.util.Locale;

/** Numbers as the report writes them. */
final class Numbers {
    private static final double SMALL = .001;

    private Numbers() {}

    static String score(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    static String signed(double value) {
        return String.format(Locale.ROOT, "%+.3f", value);
    }

    static String bounds(Bootstrap.Interval interval) {
        return String.format(Locale.ROOT, "%.2f to %.2f", interval.low(), interval.high());
    }

    static String signedBounds(Bootstrap.Interval interval) {
        return String.format(Locale.ROOT, "%+.2f to %+.2f", interval.low(), interval.high());
    }

    static String p(double value) {
        return value < SMALL ? "< .001" : String.format(Locale.ROOT, "%.3f", value);
    }
}
