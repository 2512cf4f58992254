package dev.tempo.eval.reproduction;

import dev.tempo.algorithm.Reliability;
import dev.tempo.eval.reproduction.MethodSummary.MeasuredVersion;
import dev.tempo.eval.reproduction.MethodSummary.SetCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The figures, over all seeds together: a line is the mean of the seeds, a band goes from the lowest to the highest. */
final class SuiteFigures {
    static final String POSTERIOR_GAP =
            "-ln(value on right responses / value on all) of a labeled question, values clipped to 0 to 1,"
                    + " before the round's E-step (the first, where a round repeats it) fits to it; mean over the questions of all"
                    + " rounds since the measurement before, without those whose right responses all have the value 0, which have"
                    + " no number. 0: no wrong response has any value.";

    /** Methods whose critic is stage 1's when their first version is measured; TEMPO's has had an E-step by then. */
    private static final List<String> UNCHANGED = List.of(Method.FROZEN, Method.TTRL, Method.EMPO, Method.CONTINUED);

    private final SeedGroup group;
    private final MethodSummary.SetQuestions testTime;
    private final int end;
    private final RoundCharts charts;
    private final String files;

    /** @param world of which they are; files of one that is not the usual begin with its name */
    SuiteFigures(SeedGroup group, String world) {
        this.group = group;
        files = world.equals(SuiteRuns.USUAL_WORLD) ? "" : world + "-";
        testTime = group.testTime();
        end = group.end();
        charts = upTo(end);
    }

    private RoundCharts upTo(int round) {
        return new RoundCharts(group, round, Method::title, Method::colour);
    }

    /** Accuracy and diversity, as in the paper's figures. */
    Part.Figures accuracy() {
        List<Part.Figure> figures = new ArrayList<>();
        String set = testTime.set();
        String avg = ScoreKind.AVERAGE.words(testTime.samples());
        figures.add(figure(
                "figure-1-accuracy",
                group.methods(),
                charts.chart(
                        "Accuracy without labels (" + avg + ")",
                        true,
                        group.methods(),
                        RoundCharts.score(set, ScoreKind.AVERAGE)),
                "The paper's Figure 1: " + avg
                        + " on the questions without labels, every method. Bands go from the lowest to"
                        + " the highest seed."));
        ScoreKind widest = group.widest();
        figures.add(figure(
                "figure-3-diversity",
                group.methods(),
                charts.chart(
                        "Diversity (" + widest.words(testTime.samples()) + ")",
                        true,
                        group.methods(),
                        RoundCharts.score(set, widest)),
                "The paper's Figure 3: the share of questions of which at least one sample is right."));
        against(Method.CONTINUED)
                .map(both -> figure(
                        "figure-5-supervised",
                        both,
                        charts.chart(
                                "Going on with labels, or without",
                                true,
                                both,
                                RoundCharts.score(set, ScoreKind.AVERAGE)),
                        "The paper's Figure 5: from the same converged model, more PPO on the labeled questions"
                                + " against TEMPO."))
                .ifPresent(figures::add);
        against(Method.FROZEN)
                .map(both -> figure(
                        "figure-6-frozen",
                        both,
                        charts.chart(
                                "With and without recalibration",
                                true,
                                both,
                                RoundCharts.score(set, ScoreKind.AVERAGE)),
                        "The paper's Figure 6: the same M-step with a critic that is recalibrated every round, and with"
                                + " one that stays as stage 1 left it."))
                .ifPresent(figures::add);
        int last = group.rounds().stream().max(Integer::compare).orElse(end);
        if (last > end) {
            figures.add(figure(
                    "figure-4-later-rounds",
                    List.of(),
                    upTo(last)
                            .chart(
                                    "Later rounds (" + avg + ")",
                                    true,
                                    List.of(Method.TEMPO, Method.FROZEN),
                                    RoundCharts.score(set, ScoreKind.AVERAGE),
                                    end),
                    "The paper's Figures 1 and 4: the seeds that went on beyond round " + end
                            + ", in all their rounds."));
        }
        group.sets().stream()
                .filter(other -> !other.testTime())
                .forEach(other -> figures.add(figure(
                        "held-out-" + other.set(),
                        group.methods(),
                        charts.chart(
                                "Questions never learned from (" + other.set() + ")",
                                true,
                                group.methods(),
                                RoundCharts.score(other.set(), ScoreKind.AVERAGE)),
                        "avg@" + other.samples() + " on " + other.set() + ", which no method learns from.")));
        return new Part.Figures(figures);
    }

    /** @param drawn methods, of which it says where one is on some of the seeds only */
    private Part.Figure figure(String file, List<String> drawn, FigureChart chart, String caption) {
        return new Part.Figure(files + file, chart, caption + group.fewer(drawn, Method::title));
    }

    /** TEMPO and what it is held against; empty unless both are there. */
    private Optional<List<String>> against(String method) {
        List<String> both = List.of(method, Method.TEMPO);
        return group.methods().containsAll(both) ? Optional.of(both) : Optional.empty();
    }

    /** The critic. */
    Part.Figures critic() {
        List<String> critics = List.of(Method.TEMPO, Method.FROZEN, Method.REHEARSED, Method.LORA, Method.OLMO3);
        return new Part.Figures(List.of(
                figure(
                        "critic-auc",
                        critics,
                        charts.chart("Does the critic rank right above wrong? (AUC)", true, critics, RoundCharts.auc()),
                        "0.5 is a guess, 1 is always. Drawn are the methods whose reward is a critic's value."),
                figure(
                        "critic-brier",
                        critics,
                        charts.chart("How far off are its values? (Brier)", true, critics, RoundCharts.brier()),
                        "0 is best; always saying .5 has .25."),
                figure(
                        "critic-reliability",
                        List.of(Method.TEMPO, Method.FROZEN),
                        reliability(),
                        "The share of right responses among those that a critic values alike, in "
                                + "ten parts of equal width; the larger a dot, the more responses. Dotted: a critic that is never"
                                + " off. Above it, it is too modest; below it, it is fooled."),
                figure(
                        "critic-posterior-gap",
                        critics,
                        charts.chart(
                                "How much of its value is on wrong responses? (posterior gap)",
                                false,
                                critics,
                                RoundCharts.posteriorGap()),
                        POSTERIOR_GAP),
                figure(
                        "claims-to-be-right",
                        group.methods(),
                        charts.chart(
                                "Wrong answers that claim to be right",
                                true,
                                group.methods(),
                                RoundCharts.counts(testTime.set(), counts -> number(counts.wrongClaimingCorrect()))),
                        "Of the wrong responses to questions without labels, the share that says of itself that its check"
                                + " came out; only where a judge says what responses claim.")));
    }

    /** What is left of diversity. */
    Part.Figures diversity() {
        return new Part.Figures(List.of(
                figure(
                        "distinct-answers",
                        group.methods(),
                        charts.chart(
                                "Different answers to a question",
                                false,
                                group.methods(),
                                RoundCharts.counts(testTime.set(), SetCounts::distinctAnswers)),
                        "Mean number of different answers in " + testTime.samples() + " samples."),
                figure(
                        "answer-entropy",
                        group.methods(),
                        charts.chart(
                                "Entropy of the answers (nats)",
                                false,
                                group.methods(),
                                RoundCharts.counts(testTime.set(), counts -> number(counts.answerEntropy()))),
                        "0: every sample says the same.")));
    }

    /** What accuracy costs. */
    Part.Figures cost() {
        return new Part.Figures(List.of(
                cost("cost-wall", "Accuracy against time", "minutes", 60, MeasuredVersion::wallSeconds),
                cost(
                        "cost-processor",
                        "Accuracy against processor time",
                        "processor minutes of all processes",
                        60,
                        MeasuredVersion::cpuSeconds),
                cost(
                        "cost-tokens",
                        "Accuracy against tokens through models",
                        "million tokens of responses through policy and critic",
                        1e6,
                        MeasuredVersion::tokens)));
    }

    private interface Cost {
        @Nullable
        Double of(MeasuredVersion version);
    }

    private Part.Figure cost(String file, String title, String unit, double size, Cost cost) {
        RoundCharts.Measure spent = (summary, round) ->
                summary.at(round).map(version -> number(cost.of(version))).orElse(Double.NaN);
        RoundCharts.Measure score = RoundCharts.score(testTime.set(), ScoreKind.AVERAGE);
        List<Series> series = new ArrayList<>();
        for (String method : group.methods()) {
            List<Series.Point> points = new ArrayList<>();
            for (int round : group.rounds()) {
                List<MethodSummary> counted = group.of(method).stream()
                        .filter(summary ->
                                Double.isFinite(spent.of(summary, round)) && Double.isFinite(score.of(summary, round)))
                        .toList();
                if (round <= end && !counted.isEmpty()) {
                    points.add(Series.Point.of(mean(counted, spent, round) / size, mean(counted, score, round)));
                }
            }
            series.add(new Series(Method.title(method), Method.colour(method), false, points));
        }
        return figure(
                file,
                group.methods(),
                new FigureChart(title, unit, true, false, series),
                "Mean over the seeds of which it was counted, from the start of test-time training, measurements included.");
    }

    private static double mean(List<MethodSummary> summaries, RoundCharts.Measure measure, int round) {
        return mean(
                summaries.stream().map(summary -> measure.of(summary, round)).toList());
    }

    private FigureChart reliability() {
        List<Series> series = new ArrayList<>();
        UNCHANGED.stream()
                .filter(group.methods()::contains)
                .findFirst()
                .ifPresent(method -> series.add(reliability("stage 1's critic", 5, method, 0)));
        series.add(reliability("TEMPO's, end", Method.colour(Method.TEMPO), Method.TEMPO, end));
        series.add(reliability("frozen, end", Method.colour(Method.FROZEN), Method.FROZEN, end));
        return new FigureChart("Is a value of .8 right in 8 of 10?", "value", true, true, series);
    }

    private Series reliability(String name, int colour, String method, int round) {
        List<List<Reliability.Bin>> bins = group.of(method).stream()
                .flatMap(summary -> summary.at(round).stream())
                .map(MeasuredVersion::critic)
                .filter(Objects::nonNull)
                .map(MethodSummary.CriticMeasure::reliability)
                .filter(each -> !each.isEmpty())
                .toList();
        List<Reliability.Bin> pooled = Reliability.pooled(bins);
        double all = pooled.stream().mapToInt(Reliability.Bin::responses).sum();
        List<Series.Point> points = new ArrayList<>();
        for (Reliability.Bin bin : pooled) {
            if (bin.responses() > 0) {
                double value = Math.max(0, Math.min(1, bin.meanValue()));
                points.add(new Series.Point(value, bin.right(), bin.right(), bin.right(), bin.responses() / all));
            }
        }
        return new Series(name, colour, false, points);
    }

    static double number(@Nullable Double known) {
        return known == null ? Double.NaN : known;
    }

    static double mean(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
}
