package dev.tempo.eval.reproduction;

import dev.tempo.eval.reproduction.MethodSummary.MeasuredVersion;
import dev.tempo.eval.reproduction.MethodSummary.SetCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;

/**
 * Charts of a number over rounds: a line is the mean of the seeds, a band goes from the lowest to the highest.
 *
 * @param end the round up to which they go
 * @param words a method's name
 * @param colour the number of its colour
 */
record RoundCharts(SeedGroup group, int end, Function<String, String> words, ToIntFunction<String> colour) {
    private static final String ROUNDS = "rounds of test-time training";

    interface Measure {
        /** NaN where nobody counted. */
        double of(MethodSummary summary, int round);
    }

    static Measure score(String set, ScoreKind kind) {
        return (summary, round) -> summary.scores(round, set, kind).values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }

    static Measure counts(String set, ToDoubleFunction<SetCounts> number) {
        return (summary, round) -> summary.at(round)
                .map(version -> number.applyAsDouble(version.on(set)))
                .orElse(Double.NaN);
    }

    static Measure auc() {
        return (summary, round) -> summary.at(round)
                .map(MeasuredVersion::critic)
                .map(MethodSummary.CriticMeasure::auc)
                .orElse(Double.NaN);
    }

    static Measure posteriorGap() {
        return MethodSummary::posteriorGap;
    }

    static Measure brier() {
        return (summary, round) -> summary.at(round)
                .map(MeasuredVersion::critic)
                .map(MethodSummary.CriticMeasure::brier)
                .orElse(Double.NaN);
    }

    FigureChart chart(String title, boolean fraction, List<String> methods, Measure measure) {
        return chart(title, fraction, methods, measure, 0);
    }

    /** @param beyond runs that were not measured beyond this round are left out */
    FigureChart chart(String title, boolean fraction, List<String> methods, Measure measure, int beyond) {
        List<Series> series = new ArrayList<>();
        for (String method : methods) {
            List<Series.Point> points = new ArrayList<>();
            for (int round : group.rounds()) {
                List<Double> numbers = group.of(method).stream()
                        .filter(summary -> beyond == 0 || summary.rounds() > beyond)
                        .map(summary -> measure.of(summary, round))
                        .filter(Double::isFinite)
                        .toList();
                if (round <= end && !numbers.isEmpty()) {
                    points.add(new Series.Point(
                            round,
                            SuiteFigures.mean(numbers),
                            numbers.stream().min(Double::compare).orElseThrow(),
                            numbers.stream().max(Double::compare).orElseThrow(),
                            0));
                }
            }
            series.add(new Series(
                    words.apply(method), colour.applyAsInt(method), method.equals(Method.CONTINUED), points));
        }
        return new FigureChart(title, ROUNDS, fraction, false, series);
    }
}
