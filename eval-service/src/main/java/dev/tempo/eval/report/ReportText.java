package dev.tempo.eval.report;

import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.SetReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** report.md: what a finished run's numbers say, the numbers, their curves, and by what they were computed. */
final class ReportText {
    private final RunJournal journal;
    private final Summary summary;
    private final List<String> charts;
    private final StringBuilder text = new StringBuilder();

    /** @param charts names of the pictures that lie beside the report, without {@code .svg} */
    ReportText(RunJournal journal, Summary summary, List<String> charts) {
        this.journal = journal;
        this.summary = summary;
        this.charts = charts;
    }

    String markdown() {
        line("# " + summary.recipe() + ", seed " + summary.seed());
        line("");
        new Conclusion(journal).sentences().forEach(sentence -> line("* " + sentence));
        line("");
        line("Run `" + summary.run()
                + "`. Scores are fractions with 95 % bootstrap intervals over questions; avg@k is the mean"
                + " share of right answers among k samples, pass@k the unbiased chance that one of k is right, maj@k the share"
                + " of questions whose most frequent answer is right.");
        line("");
        for (String set : summary.setNames()) {
            line("## " + set);
            line("");
            text.append(milestones(set).markdown());
            picture(set);
        }
        if (journal.recipe().trains()) {
            critic();
            training();
        } else {
            line("Each question with each of its responses is a line of [questions.jsonl](questions.jsonl).");
            line("");
        }
        provenance();
        measurements();
        return text.toString();
    }

    /** Base and the end of each stage on a set. */
    ScoreTable milestones(String set) {
        List<Summary.StageSummary> rows = summary.stages().stream()
                .filter(stage -> journal.milestones().contains(stage.version()))
                .toList();
        return ScoreTable.of(
                set, rows, rows.stream().map(Summary.StageSummary::label).toList());
    }

    /** Whether the critic can be trusted, and whether what is answered is what was checked. */
    private void critic() {
        List<String> sets = summary.setNames();
        line("## Critic and honesty");
        line("");
        line(
                "AUC: the chance that a right response has a higher last value than a wrong one (0.5 is a guess). Brier: the mean"
                        + " squared error of that value (0 is best). Then, by set, the share of the wrong responses that claim to be"
                        + " right.");
        line("");
        line("| | AUC | Brier | " + String.join(" | ", sets) + " |");
        line("|---|---|---|" + "---|".repeat(sets.size()));
        for (EvaluationReport report : journal.reports()) {
            if (journal.milestones().contains(report.version())) {
                List<String> cells = new ArrayList<>();
                cells.add(
                        report.critic() == null ? "-" : fraction(report.critic().auc()));
                cells.add(
                        report.critic() == null ? "-" : fraction(report.critic().brier()));
                for (String name : sets) {
                    cells.add(report.sets().stream()
                            .filter(set -> set.set().equals(name))
                            .map(SetReport::wrongClaimingCorrect)
                            .filter(Objects::nonNull)
                            .map(ReportText::fraction)
                            .findFirst()
                            .orElse("-"));
                }
                line("| " + journal.nameOf(report.version()) + " | " + String.join(" | ", cells) + " |");
            }
        }
        picture("critic");
    }

    private void training() {
        line("## Training");
        picture("training-reward");
        picture("training-policy");
        picture("training-gradient");
        picture("training-critic");
    }

    private void provenance() {
        line("## Computed by");
        line("");
        Provenance by = summary.by();
        if (by != null) {
            line("* " + by.product());
            line("* " + by.machine().words());
            if (!by.machine().digest().isEmpty()) {
                line("* digest of this machine's products: " + by.machine().digest()
                        + "; the same recipe and seed give the same bits where it is the same");
            }
        }
        line("* recipe: [recipe.yaml](recipe.yaml)");
        summary.stages().stream()
                .map(Summary.StageSummary::from)
                .filter(Objects::nonNull)
                .distinct()
                .forEach(from -> line("* stages before the last: computed by run `" + from
                        + "` with the same fingerprint and taken from the cache"));
        summary.stages().stream().reduce((first, last) -> last).ifPresent(this::duration);
        line("");
    }

    /** Wall time is until the last version was there; where nothing is trained that is before anything is measured. */
    private void duration(Summary.StageSummary last) {
        String wall =
                journal.recipe().trains() ? String.format(Locale.ROOT, "wall time %.0f s, ", last.wallSeconds()) : "";
        line("* " + wall + String.format(Locale.ROOT, "CPU time of all processes %.0f s", last.cpuSeconds()));
    }

    private void measurements() {
        line("## Every measurement");
        line("");
        for (String set : summary.setNames()) {
            text.append(ScoreTable.of(
                                    set,
                                    summary.stages(),
                                    summary.stages().stream()
                                            .map(Summary.StageSummary::label)
                                            .toList())
                            .markdown())
                    .append('\n');
        }
    }

    private void picture(String name) {
        line("");
        if (charts.contains(name)) {
            line("![" + name + "](" + name + ".svg)");
            line("");
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static String fraction(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
