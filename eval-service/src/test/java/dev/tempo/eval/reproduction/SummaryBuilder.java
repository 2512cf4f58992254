package dev.tempo.eval.reproduction;

import dev.tempo.algorithm.Reliability;
import dev.tempo.eval.report.Machine;
import dev.tempo.eval.report.Provenance;
import dev.tempo.eval.reproduction.MethodSummary.CriticMeasure;
import dev.tempo.eval.reproduction.MethodSummary.MeasuredVersion;
import dev.tempo.eval.reproduction.MethodSummary.SetCounts;
import dev.tempo.eval.reproduction.MethodSummary.SetQuestions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Summaries with given counts of right samples, of four each, on a set without labels and on as many held-out questions. */
final class SummaryBuilder {
    static final int SAMPLES = 4;

    private final String method;
    private final long seed;
    private final List<MeasuredVersion> versions = new ArrayList<>();
    private double auc = .9;
    private @Nullable Double claiming = .3;
    private double secondsPerRound = 2;
    private int questions;
    private String world = "quickstart";
    private @Nullable List<String> domains;
    private MethodSummary.@Nullable Distances distances;
    private final Map<Integer, Double> gaps = new TreeMap<>();

    private SummaryBuilder(String method, long seed) {
        this.method = method;
        this.seed = seed;
    }

    static SummaryBuilder aSummary(String method, long seed) {
        return new SummaryBuilder(method, seed);
    }

    /** The critic's AUC of the measurements that follow. */
    SummaryBuilder auc(double value) {
        auc = value;
        return this;
    }

    /** The share of wrong answers that claim to be right, likewise; null where no judge says. */
    SummaryBuilder claiming(@Nullable Double share) {
        claiming = share;
        return this;
    }

    SummaryBuilder distances(double calibration, double heldOut) {
        distances = new MethodSummary.Distances(calibration, heldOut);
        return this;
    }

    SummaryBuilder world(String name) {
        world = name;
        return this;
    }

    /** Of the questions without labels. */
    SummaryBuilder domains(String... names) {
        domains = List.of(names);
        return this;
    }

    SummaryBuilder gap(int round, double gap) {
        gaps.put(round, gap);
        return this;
    }

    SummaryBuilder secondsPerRound(double seconds) {
        secondsPerRound = seconds;
        return this;
    }

    /** A measurement after so many rounds; on held-out questions as many are right. */
    SummaryBuilder at(int round, Integer... right) {
        return at(round, Arrays.asList(right), Arrays.asList(right));
    }

    SummaryBuilder at(int round, List<@Nullable Integer> right, List<@Nullable Integer> heldOut) {
        questions = right.size();
        Reliability.Bin bin = new Reliability.Bin(10, .75, .7);
        versions.add(new MeasuredVersion(
                "test-time round " + round,
                2 + round,
                round,
                secondsPerRound * round / 2,
                secondsPerRound * round,
                1000.0 * round,
                Map.of("unlabeled", counts(right), "holdout", counts(heldOut)),
                new CriticMeasure(auc, .1, List.of(new Reliability.Bin(0, 0, 0), bin))));
        return this;
    }

    private SetCounts counts(List<@Nullable Integer> right) {
        return new SetCounts(right, .5, claiming, .01, 2.5, 0, .9, 21.5, .01);
    }

    MethodSummary build() {
        List<String> ids = IntStream.range(0, questions).mapToObj(i -> "q" + i).toList();
        return new MethodSummary(
                MethodSummary.FORMAT,
                world,
                method,
                seed,
                "0".repeat(64),
                "tiny-" + method + "-s" + seed,
                versions.get(versions.size() - 1).round() == null
                        ? 0
                        : java.util.Objects.requireNonNull(
                                versions.get(versions.size() - 1).round()),
                new Provenance(
                        "tempo 0.1.0 (commit 1ab6cad), Java 17",
                        new Machine("A processor", 2, 8L << 30, "Linux", "17", "2.7.1-cpu", "0123456789abcdef")),
                List.of(
                        new SetQuestions("unlabeled", true, SAMPLES, List.of(2, 4), ids, domains),
                        new SetQuestions("holdout", false, SAMPLES, List.of(2, 4), ids, null)),
                distances,
                gaps.isEmpty() ? null : gaps,
                versions);
    }
}
