package dev.tempo.conformance;

import java.util.List;
import java.util.Map;

/**
 * One checked file or directory.
 *
 * @param worstError greatest relative-or-absolute error of any number compared
 * @param failures the failing cases, each with what was wrong
 * @param passed whether the entry meets what is asked of it
 * @param details further lines for people
 * @param extra further fields of the entry in {@code --json}
 */
public record CheckedFile(
        String file,
        int cases,
        int failed,
        int skipped,
        double worstError,
        List<String> failures,
        boolean passed,
        List<String> details,
        Map<String, Object> extra) {
    public CheckedFile {
        failures = List.copyOf(failures);
        details = List.copyOf(details);
        extra = Map.copyOf(extra);
    }
}
