package dev.tempo.standalone.conformance;

import java.util.List;

/**
 * One checked file or directory.
 *
 * @param worstError greatest relative-or-absolute error of any number compared
 * @param failures the failing cases, each with what was wrong
 */
public record Entry(String file, int cases, int failed, int skipped, double worstError, List<String> failures) {
    public Entry {
        failures = List.copyOf(failures);
    }

    /** Whether the entry meets what is asked of it. */
    public boolean passed() {
        return failed == 0;
    }
}
