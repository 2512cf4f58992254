package dev.tempo.eval.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The trainers' measurements of every round, as curves over policy versions. */
final class TrainingCharts {
    static final String VERSIONS = "policy version (v0 is the base, v1 the first round's)";

    private TrainingCharts() {}

    /** Charts by file name; those of which nothing is known are left out. */
    static Map<String, LineChart> of(RunJournal journal) {
        Map<String, LineChart> charts = new LinkedHashMap<>();
        List<Row> policy = journal.policies().stream()
                .map(version -> new Row(version.version(), version.statistics()))
                .toList();
        List<Row> critic = journal.critics().stream()
                .filter(version -> version.recalibrated())
                .map(version -> new Row(version.version(), version.statistics()))
                .toList();
        put(
                charts,
                "training-reward",
                "policy: what it was rewarded, and how much that moved it",
                List.of(
                        curve("mean reward", policy, "reward.mean"),
                        curve("mean |advantage|", policy, "advantage.mean.abs"),
                        curve("clip fraction", policy, "clip.fraction")));
        put(
                charts,
                "training-policy",
                "policy: its variety, and how far a round moved it",
                List.of(curve("entropy, nats", policy, "entropy"), curve("approx. KL", policy, "approx.kl")));
        put(
                charts,
                "training-gradient",
                "policy: norm of the gradient before it is clipped",
                List.of(curve("gradient norm", policy, "gradient.norm")));
        put(
                charts,
                "training-critic",
                "critic: its error on fresh labeled responses (E-step)",
                List.of(curve("loss", critic, "loss"), curve("Brier", critic, "brier")));
        return charts;
    }

    private record Row(int version, Map<String, Double> statistics) {}

    private static void put(Map<String, LineChart> charts, String name, String title, List<Curve> curves) {
        List<Curve> known =
                curves.stream().filter(curve -> !curve.points().isEmpty()).toList();
        if (!known.isEmpty()) {
            charts.put(name, new LineChart(title, VERSIONS, known));
        }
    }

    private static Curve curve(String title, List<Row> rows, String statistic) {
        List<Curve.Point> points = new ArrayList<>();
        for (Row row : rows) {
            Double y = row.statistics.get(statistic);
            if (y != null && Double.isFinite(y)) {
                points.add(new Curve.Point(row.version, y));
            }
        }
        return new Curve(title, points);
    }
}
