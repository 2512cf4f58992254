package dev.tempo.conformance.formula;

import dev.tempo.conformance.formula.CaseResult.Status;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A fixture case that is being checked: its inputs, and the comparison of computed values with its outputs. */
final class FixtureCase {
    private final String id;
    private final Map<?, ?> input;
    private final Map<?, ?> output;
    private final Set<String> settled = new TreeSet<>();
    private final FixtureComparison comparison = new FixtureComparison();
    private @Nullable String skipReason;

    FixtureCase(String id, Map<?, ?> input, Map<?, ?> output) {
        this.id = id;
        this.input = input;
        this.output = output;
    }

    boolean has(String name) {
        return input.get(name) != null;
    }

    @Nullable
    Object raw(String name) {
        return input.get(name);
    }

    double number(String name) {
        return Json.number(name, input.get(name));
    }

    boolean flag(String name) {
        return Json.flag(name, input.get(name));
    }

    String text(String name) {
        return Json.text(name, input.get(name));
    }

    double[] vector(String name) {
        return Json.numbers(name, input.get(name));
    }

    boolean[] flags(String name) {
        return Json.flags(name, input.get(name));
    }

    List<?> list(String name) {
        return Json.list(name, input.get(name));
    }

    double[][] matrix(String name) {
        List<?> rows = list(name);
        double[][] matrix = new double[rows.size()][];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = Json.numbers(name + "[" + i + "]", rows.get(i));
        }
        return matrix;
    }

    boolean[][] mask() {
        List<?> rows = list("mask");
        boolean[][] mask = new boolean[rows.size()][];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = Json.flags("mask[" + i + "]", rows.get(i));
        }
        return mask;
    }

    boolean expects(String field) {
        return output.containsKey(field);
    }

    /** The names of the expected fields. */
    Set<String> expectedFields() {
        Set<String> names = new TreeSet<>();
        output.keySet().forEach(name -> names.add(String.valueOf(name)));
        return names;
    }

    @Nullable
    Object expected(String field) {
        return output.get(field);
    }

    /**
     * The comparison of a field at the ordinary tolerance; where the case does not expect the field, nothing is
     * computed.
     */
    void expect(String field, Supplier<?> actual) {
        expect(field, FixtureComparison.TOLERANCE, actual);
    }

    /** The comparison of a field at a tolerance of its own. */
    void expect(String field, double tolerance, Supplier<?> actual) {
        if (expects(field)) {
            settled.add(field);
            comparison.compare(field, output.get(field), actual.get(), tolerance);
        }
    }

    /** The comparison of a value within a field, which then counts as checked. */
    void compareWithin(String field, String path, @Nullable Object expected, @Nullable Object actual) {
        settled.add(field);
        comparison.compare(path, expected, actual, FixtureComparison.TOLERANCE);
    }

    /** Marks a field as checked that documents the reference and is compared with nothing. */
    void ignore(String field) {
        settled.add(field);
    }

    void skip(String reason) {
        skipReason = reason;
    }

    CaseResult result() {
        if (skipReason != null) {
            return new CaseResult(id, Status.SKIPPED, 0, skipReason);
        }
        for (String field : expectedFields()) {
            if (!settled.contains(field)) {
                comparison.fail("the expected field " + field + " is not one that this kind of file has");
            }
        }
        String message = comparison.message();
        return new CaseResult(id, message.isEmpty() ? Status.PASSED : Status.FAILED, comparison.worstError(), message);
    }
}
