package dev.tempo.eval.reproduction;

import dev.tempo.algorithm.HolmCorrection;
import dev.tempo.eval.reproduction.SeedGroup.Milestone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The paired tests of TEMPO against each other method at the end, on every set and score that the table shows. All of them
 * together are one family for the correction.
 */
record PairedTests(List<Row> rows) {
    PairedTests {
        rows = List.copyOf(rows);
    }

    /**
     * One test.
     *
     * @param lead TEMPO's score less the method's
     * @param p over questions
     * @param corrected the same after Holm's correction
     */
    record Row(String method, String set, ScoreKind kind, PairedScores lead, double p, double corrected) {}

    static PairedTests of(SeedGroup group) {
        List<Row> plain = new ArrayList<>();
        int end = group.end();
        for (String method : group.methods()) {
            if (method.equals(Method.TEMPO)) {
                continue;
            }
            for (MethodSummary.SetQuestions set : group.sets()) {
                for (ScoreKind kind : kinds(set)) {
                    group.difference(new Milestone(Method.TEMPO, end), new Milestone(method, end), set.set(), kind)
                            .ifPresent(lead -> plain.add(
                                    new Row(method, set.set(), kind, lead, lead.pOverQuestions(), Double.NaN)));
                }
            }
        }
        double[] corrected =
                HolmCorrection.adjusted(plain.stream().mapToDouble(Row::p).toArray());
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < corrected.length; i++) {
            Row row = plain.get(i);
            rows.add(new Row(row.method, row.set, row.kind, row.lead, row.p, corrected[i]));
        }
        return new PairedTests(rows);
    }

    /** The scores of a set that the table shows. */
    static List<ScoreKind> kinds(MethodSummary.SetQuestions set) {
        List<ScoreKind> kinds = new ArrayList<>(List.of(ScoreKind.AVERAGE));
        set.passAt().stream().sorted().map(ScoreKind::passAt).forEach(kinds::add);
        return kinds;
    }

    Optional<Row> row(String method, String set, ScoreKind kind) {
        return rows.stream()
                .filter(row -> row.method.equals(method) && row.set.equals(set) && row.kind.equals(kind))
                .findFirst();
    }
}
