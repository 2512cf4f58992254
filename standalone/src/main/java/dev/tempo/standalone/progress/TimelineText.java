package dev.tempo.standalone.progress;

import dev.tempo.timeline.SpanKind;
import dev.tempo.timeline.analysis.MeanRound;
import dev.tempo.timeline.analysis.RoundTimeline;
import dev.tempo.timeline.analysis.Work;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The timeline of rounds as tables for people, in seconds and shares of a round. */
public final class TimelineText {
    private static final double SECOND = 1e6;
    private static final double PERCENT = 100;
    /** Rows below this share of a round are added up in one. */
    private static final double SMALL = .005;

    private final PrintWriter out;

    public TimelineText(PrintWriter out) {
        this.out = out;
    }

    /**
     * Prints all tables.
     *
     * @param rounds at least one
     * @param mean of them
     */
    public void print(String run, List<RoundTimeline> rounds, MeanRound mean) {
        print(
                "run %s: %d rounds, v%d to v%d; median %.3f s, mean %.3f s",
                run,
                mean.rounds(),
                rounds.get(0).version(),
                rounds.get(rounds.size() - 1).version(),
                mean.median() / SECOND,
                mean.mean() / SECOND);
        out.println();
        out.println("what a round's length is made of (its critical path)");
        rows(mean.path(), mean.mean(), false);
        print("  by kind: %s", kinds(mean));
        out.println();
        out.println("what was done (time: of all threads, waits inside included; processor: of these threads alone)");
        rows(mean.work(), mean.mean(), true);
        out.println();
        out.println("what waited for messages of which topic");
        rows(mean.waits(), mean.mean(), false);
        out.println();
        print("processor time of a round: %s", processes(mean));
        print("idle share of each core: %s", idle(mean));
    }

    private void rows(List<Work> rows, double round, boolean cpu) {
        double rest = 0;
        int small = 0;
        for (Work row : rows) {
            if (row.micros() < SMALL * round && row.cpu() < SMALL * round) {
                rest += row.micros();
                small++;
            } else {
                row(row.service(), row.kind().word(), row.name(), row.micros(), round, cpu ? cpu(row.cpu()) : "");
            }
        }
        if (small > 0) {
            row("", "", small + " others", rest, round, "");
        }
    }

    private void row(String service, String kind, String name, double micros, double round, String cpu) {
        print(
                "  %-15s %-11s %-37s %7.3f s %4.0f %%%s",
                service, kind, name, micros / SECOND, PERCENT * micros / round, cpu);
    }

    private static String cpu(double micros) {
        return micros < 0 ? "        ?" : String.format(Locale.ROOT, "  %7.3f s", micros / SECOND);
    }

    private static String kinds(MeanRound mean) {
        Map<SpanKind, Double> sums = new EnumMap<>(SpanKind.class);
        mean.path().forEach(row -> sums.merge(row.kind(), row.micros(), Double::sum));
        return sums.entrySet().stream()
                .sorted(Map.Entry.<SpanKind, Double>comparingByValue(Comparator.reverseOrder()))
                .map(sum -> String.format(
                        Locale.ROOT, "%s %.1f %%", sum.getKey().word(), PERCENT * sum.getValue() / mean.mean()))
                .collect(Collectors.joining(", "));
    }

    private static String processes(MeanRound mean) {
        if (mean.processes().isEmpty()) {
            return "unknown, no launcher has sampled it";
        }
        double all = mean.processes().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        return mean.processes().entrySet().stream()
                        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
                        .map(process ->
                                String.format(Locale.ROOT, "%s %.3f s", process.getKey(), process.getValue() / SECOND))
                        .collect(Collectors.joining(", "))
                + String.format(Locale.ROOT, "; together %.3f s", all / SECOND);
    }

    private static String idle(MeanRound mean) {
        return mean.idle().isEmpty()
                ? "unknown here"
                : mean.idle().stream()
                        .map(share -> String.format(Locale.ROOT, "%.0f %%", PERCENT * share))
                        .collect(Collectors.joining(", "));
    }

    private void print(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
