package dev.tempo.conformance.formula;

import dev.tempo.conformance.formula.CaseResult.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file of numeric cases of a known kind: {@code {op, cases: [{id, input, output}]}}. */
public final class FixtureFile {
    private final FixtureKind kind;
    private final List<?> cases;

    private FixtureFile(FixtureKind kind, List<?> cases) {
        this.kind = kind;
        this.cases = cases;
    }

    /**
     * The fixture file in a JSON document. It is recognised by its content, never by its name: by {@code op}, or else by the
     * fields of its cases.
     *
     * @param document parsed JSON: maps, lists, numbers, booleans, texts, null
     * @return empty if the document is not a file of numeric cases of a known kind
     */
    public static Optional<FixtureFile> recognise(@Nullable Object document) {
        if (document instanceof Map<?, ?> file && file.get("cases") instanceof List<?> cases) {
            return FixtureKind.of(file.get("op"), cases).map(kind -> new FixtureFile(kind, cases));
        }
        return Optional.empty();
    }

    /** The name of the operation that the cases are about, for people. */
    String operation() {
        return kind.operation();
    }

    /** Checks every case, in order; a case that cannot be read or run has failed. */
    public List<CaseResult> check() {
        List<CaseResult> results = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            results.add(check(i));
        }
        return results;
    }

    private CaseResult check(int index) {
        String id = "case " + index;
        try {
            Map<?, ?> entry = Json.object("cases[" + index + "]", cases.get(index));
            if (entry.get("id") != null) {
                id = String.valueOf(entry.get("id"));
            }
            FixtureCase one = new FixtureCase(
                    id, Json.object("input", entry.get("input")), Json.object("output", entry.get("output")));
            kind.check().accept(one);
            return one.result();
        } catch (IllegalArgumentException unusable) {
            return new CaseResult(id, Status.FAILED, Double.POSITIVE_INFINITY, String.valueOf(unusable.getMessage()));
        } catch (IndexOutOfBoundsException misshapen) {
            String message = "the inputs differ in shape: " + misshapen.getMessage();
            return new CaseResult(id, Status.FAILED, Double.POSITIVE_INFINITY, message);
        }
    }
}
