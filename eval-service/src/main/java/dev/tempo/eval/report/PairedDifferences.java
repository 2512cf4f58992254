package dev.tempo.eval.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The differences between where other runs and the first one end on a set: avg@k, question by question. */
final class PairedDifferences {
    private final List<ComparedRun> runs;
    private final List<String> labels;

    PairedDifferences(List<ComparedRun> runs, List<String> labels) {
        this.runs = runs;
        this.labels = labels;
    }

    /** A sentence for every run but the first. */
    List<String> sentences(String set) {
        List<String> sentences = new ArrayList<>();
        ComparedRun first = runs.get(0);
        for (int i = 1; i < runs.size(); i++) {
            sentences.add(labels.get(i) + " against " + labels.get(0) + " on " + set + ": "
                    + difference(first, runs.get(i), set));
        }
        return sentences;
    }

    private static String difference(ComparedRun first, ComparedRun other, String set) {
        if (!first.askedTheSame(other, set)) {
            return "not the same questions (or their files are gone), so there are no pairs to compare";
        }
        return PairedDifference.of(
                        first.finalAverages(set),
                        other.finalAverages(set),
                        first.summary().seed())
                .map(PairedDifferences::words)
                .orElse("their summaries do not list questions");
    }

    private static String words(PairedDifference difference) {
        return String.format(
                Locale.ROOT,
                "%+.3f [%+.3f, %+.3f] over %d questions%s",
                difference.interval().estimate(),
                difference.interval().low(),
                difference.interval().high(),
                difference.questions(),
                difference.isRise() || difference.isFall() ? "" : ": no difference is shown");
    }
}
