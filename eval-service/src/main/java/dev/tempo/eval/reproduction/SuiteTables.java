package dev.tempo.eval.reproduction;

import dev.tempo.algorithm.Bootstrap;
import dev.tempo.eval.reproduction.MethodSummary.MeasuredVersion;
import dev.tempo.eval.reproduction.MethodSummary.SetCounts;
import dev.tempo.eval.reproduction.MethodSummary.SetQuestions;
import dev.tempo.eval.reproduction.Part.Cell;
import dev.tempo.eval.reproduction.SeedGroup.Milestone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** The tables of one group of seeds. */
final class SuiteTables {
    private static final double ROUNDING = 1e-12;
    private static final Cell NOTHING = Cell.of("-");

    private final SeedGroup group;
    private final PairedTests tests;
    private final int end;

    /** @param tests of the group */
    SuiteTables(SeedGroup group, PairedTests tests) {
        this.group = group;
        this.tests = tests;
        end = group.end();
    }

    /** The scores at the end in the shape of the paper's Table 1: a row a method, and what test-time training improves. */
    Part.Table scores() {
        List<String> titles = new ArrayList<>(List.of("at round " + end));
        List<Column> columns = new ArrayList<>();
        for (SetQuestions set : group.sets()) {
            for (ScoreKind kind : PairedTests.kinds(set)) {
                columns.add(new Column(set, kind));
                titles.add(set.set() + " " + kind.words(set.samples()));
            }
        }
        List<List<Cell>> rows = new ArrayList<>();
        Optional<String> first = group.methods().stream()
                .filter(method -> method.equals(Method.TEMPO))
                .findFirst()
                .or(() -> group.methods().stream().findFirst());
        first.ifPresent(
                method -> rows.add(row("after stage 1" + where(method), columns, column -> cell(method, 0, column))));
        for (String method : group.methods()) {
            rows.add(row(named(method), columns, column -> cell(method, end, column)));
        }
        if (first.isPresent() && first.get().equals(Method.TEMPO)) {
            rows.add(row("Improvement by TEMPO" + where(Method.TEMPO), columns, this::improvement));
        }
        return new Part.Table(
                titles,
                rows,
                "Means over the questions of " + SeedGroup.seeds(group.seeds())
                        + ", or of those that a row names; below each its 95 % bootstrap interval over questions. Bold: the"
                        + " best of a column among the rows of all seeds." + ownStart());
    }

    /** A method, with its seeds where others have more. */
    private String named(String method) {
        return Method.title(method) + where(method);
    }

    private String where(String method) {
        return group.isComplete(method) ? "" : " (" + SeedGroup.seeds(group.seeds(method)) + ")";
    }

    /** The methods that begin with other scores than TEMPO, since their stage 1 is their own; a sentence, or nothing. */
    private String ownStart() {
        SetQuestions set = group.testTime();
        List<String> own = group.methods().stream()
                .filter(method -> group.seeds(method, Method.TEMPO).stream()
                        .anyMatch(seed -> !start(method, seed, set).equals(start(Method.TEMPO, seed, set))))
                .map(Method::title)
                .toList();
        return own.isEmpty()
                ? ""
                : " A stage 1 of their own, not that of the first row, have: " + String.join("; ", own) + ".";
    }

    private SortedMap<String, Double> start(String method, long seed, SetQuestions set) {
        return group.of(method, seed).orElseThrow().scores(0, set.set(), ScoreKind.AVERAGE);
    }

    private record Column(SetQuestions set, ScoreKind kind) {}

    private static List<Cell> row(String name, List<Column> columns, Function<Column, Cell> cells) {
        List<Cell> row = new ArrayList<>(List.of(Cell.of(name)));
        columns.forEach(column -> row.add(cells.apply(column)));
        return row;
    }

    private Cell cell(String method, int round, Column column) {
        return mean(method, round, column)
                .map(interval -> new Cell(
                        Numbers.score(interval.estimate()),
                        Numbers.bounds(interval),
                        round == end && group.isComplete(method) && isBest(interval.estimate(), column)
                                ? Part.Kind.STRONG
                                : Part.Kind.PLAIN))
                .orElse(NOTHING);
    }

    private boolean isBest(double value, Column column) {
        return group.methods().size() > 1
                && group.methods().stream()
                        .filter(group::isComplete)
                        .allMatch(method -> DoubleStream.of(scores(method, end, column))
                                        .average()
                                        .orElse(0)
                                <= value + ROUNDING);
    }

    private Optional<Bootstrap.Interval> mean(String method, int round, Column column) {
        double[] scores = scores(method, round, column);
        return scores.length == 0
                ? Optional.empty()
                : Optional.of(PairedScores.bootstrap().mean(scores));
    }

    private double[] scores(String method, int round, Column column) {
        return group.scores(new Milestone(method, round), column.set.set(), column.kind).values().stream()
                .flatMapToDouble(Arrays::stream)
                .toArray();
    }

    private Cell improvement(Column column) {
        return group.difference(
                        new Milestone(Method.TEMPO, end), new Milestone(Method.TEMPO, 0), column.set.set(), column.kind)
                .map(PairedScores::interval)
                .map(change -> Cell.of(Numbers.signed(change.estimate()), Numbers.signedBounds(change)))
                .orElse(NOTHING);
    }

    /** TEMPO against every other method, paired. */
    Part.Table tests() {
        List<List<Cell>> rows = new ArrayList<>();
        for (PairedTests.Row row : tests.rows()) {
            int samples = group.sets().stream()
                    .filter(set -> set.set().equals(row.set()))
                    .mapToInt(SetQuestions::samples)
                    .findFirst()
                    .orElseThrow();
            Bootstrap.Interval lead = row.lead().interval();
            rows.add(List.of(
                    Cell.of("TEMPO less " + Method.title(row.method()), seeds(row)),
                    Cell.of(row.set() + " " + row.kind().words(samples)),
                    Cell.of(Numbers.signed(lead.estimate()), Numbers.signedBounds(lead)),
                    Cell.of(row.lead().perSeed()),
                    Cell.of(Numbers.p(row.p())),
                    Cell.of(Numbers.p(row.corrected())),
                    Cell.of(Numbers.p(row.lead().pOverSeeds()))));
        }
        int seeds = group.seeds().size();
        return new Part.Table(
                List.of("methods", "score", "difference", "seed by seed", "p, questions", "p, Holm", "p, seeds"),
                rows,
                "p, questions: sign-flip test over all questions, 10 000 draws; p, Holm: the same, corrected for the "
                        + rows.size()
                        + " tests of this table; p, seeds: sign-flip test over seeds, exact of up to "
                        + PairedScores.ENUMERATED + ", which cannot fall"
                        + " below " + String.format(Locale.ROOT, "%.3f", 2 / Math.pow(2, seeds)) + " with " + seeds
                        + ", and with fewer not below 2 / 2^n.");
    }

    /** The seeds of a comparison where they are not all. */
    private String seeds(PairedTests.Row row) {
        List<Long> compared = List.copyOf(row.lead().bySeed().keySet());
        return compared.equals(group.seeds()) ? "" : SeedGroup.seeds(compared);
    }

    /** Every run by itself. */
    Part.Table runs() {
        SetQuestions set = group.testTime();
        ScoreKind widest = group.widest();
        List<List<Cell>> rows = new ArrayList<>();
        for (long seed : group.seeds()) {
            for (String method : group.methods()) {
                group.of(method, seed).ifPresent(run -> rows.add(run(run, set, widest)));
            }
        }
        return new Part.Table(
                List.of(
                        "seed, method",
                        ScoreKind.AVERAGE.words(set.samples()) + " start, end",
                        widest.words(set.samples()) + " start, end",
                        "held out start, end",
                        "AUC",
                        "Brier",
                        "claims to be right",
                        "distinct answers",
                        "tokens a response",
                        "s a round",
                        "processor s a round",
                        "rounds"),
                rows,
                "Seconds a round: from the start of test-time training to its end, measurements included; on the clock they depend on what else"
                        + " the machine did. AUC and Brier are of the critic that a run has, also where its value is no reward. A"
                        + " run that goes on beyond round " + end
                        + " is measured there after one E-step more than one that ends.");
    }

    private List<Cell> run(MethodSummary run, SetQuestions set, ScoreKind widest) {
        Optional<MeasuredVersion> last = run.at(end);
        Optional<SetCounts> counts = last.map(measured -> measured.on(set.set()));
        Optional<MethodSummary.CriticMeasure> critic = last.map(MeasuredVersion::critic);
        Optional<SetQuestions> held =
                group.sets().stream().filter(other -> !other.testTime()).findFirst();
        return List.of(
                Cell.of(run.seed() + ", " + Method.title(run.method())),
                Cell.of(path(run, set.set(), ScoreKind.AVERAGE)),
                Cell.of(path(run, set.set(), widest)),
                Cell.of(held.map(other -> path(run, other.set(), ScoreKind.AVERAGE))
                        .orElse("-")),
                number(critic.map(MethodSummary.CriticMeasure::auc).orElse(null), "%.3f"),
                number(critic.map(MethodSummary.CriticMeasure::brier).orElse(null), "%.3f"),
                number(counts.map(SetCounts::wrongClaimingCorrect).orElse(null), "%.2f"),
                number(counts.map(SetCounts::distinctAnswers).orElse(null), "%.1f"),
                number(counts.map(SetCounts::responseTokens).orElse(null), "%.1f"),
                number(
                        last.map(MeasuredVersion::wallSeconds)
                                .map(this::perRound)
                                .orElse(null),
                        "%.1f"),
                number(last.map(MeasuredVersion::cpuSeconds).map(this::perRound).orElse(null), "%.1f"),
                Cell.of(String.valueOf(run.rounds())));
    }

    private double perRound(double seconds) {
        return seconds / Math.max(1, end);
    }

    private String path(MethodSummary run, String set, ScoreKind kind) {
        return mean(run.scores(0, set, kind)) + " to " + mean(run.scores(end, set, kind));
    }

    private static String mean(SortedMap<String, Double> scores) {
        return scores.isEmpty()
                ? "-"
                : Numbers.score(scores.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow());
    }

    private static Cell number(@Nullable Double value, String format) {
        return value == null ? NOTHING : Cell.of(String.format(Locale.ROOT, format, value));
    }
}
