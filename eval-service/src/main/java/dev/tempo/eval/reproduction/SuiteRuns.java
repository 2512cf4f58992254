package dev.tempo.eval.reproduction;

import dev.tempo.eval.report.Provenance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The runs that a report is of: the commands that make them, and who computed which. */
final class SuiteRuns {
    static final String USUAL_WORLD = "quickstart";

    private final List<MethodSummary> summaries;

    /** @param summaries of one world, by seed and in the order of methods */
    SuiteRuns(List<MethodSummary> summaries) {
        this.summaries = List.copyOf(summaries);
    }

    /** What several seeds have in common. */
    private record Made(int rounds, List<String> methods) {}

    /** The commands that run all of them and nothing else, the fewest rounds first. */
    List<String> commands() {
        SortedMap<Long, SortedMap<Integer, List<String>>> bySeed = new TreeMap<>();
        summaries.forEach(summary -> bySeed.computeIfAbsent(summary.seed(), first -> new TreeMap<>())
                .computeIfAbsent(summary.rounds(), first -> new ArrayList<>())
                .add(summary.method()));
        Map<Made, List<Long>> made = new LinkedHashMap<>();
        bySeed.forEach((seed, byRounds) -> byRounds.forEach((rounds, methods) -> made.computeIfAbsent(
                        new Made(rounds, Method.inRunningOrder(methods)), first -> new ArrayList<>())
                .add(seed)));
        String world = summaries.get(0).world();
        return made.entrySet().stream()
                .sorted(Comparator.comparingInt(entry -> entry.getKey().rounds))
                .map(entry -> "./tempo reproduce"
                        + world(world)
                        + " --seeds "
                        + SeedGroup.ranges(entry.getValue())
                        + (entry.getKey().methods.equals(Method.USUAL)
                                ? ""
                                : " --methods " + Method.typed(entry.getKey().methods))
                        + " --rounds "
                        + entry.getKey().rounds)
                .toList();
    }

    private static String world(String name) {
        if (name.equals(USUAL_WORLD)) {
            return "";
        }
        return SeedGroup.isOurs(name) ? " --world " + name : " --recipe FILE";
    }

    /** A row for each seed and each version and machine that computed runs of it. */
    Part.Table table() {
        List<List<Part.Cell>> rows = new ArrayList<>();
        SortedMap<Long, Map<String, List<MethodSummary>>> bySeed = new TreeMap<>();
        summaries.forEach(summary -> bySeed.computeIfAbsent(summary.seed(), first -> new LinkedHashMap<>())
                .computeIfAbsent(words(summary.by()), first -> new ArrayList<>())
                .add(summary));
        bySeed.forEach((seed, byMaker) -> byMaker.forEach((maker, runs) -> rows.add(List.of(
                Part.Cell.of(String.valueOf(seed)),
                Part.Cell.of(SeedGroup.history(runs.get(0))),
                Part.Cell.of(runs.stream()
                        .map(run -> Method.title(run.method()) + " (" + run.rounds() + ")")
                        .collect(Collectors.joining("; "))),
                Part.Cell.of(maker)))));
        return new Part.Table(
                List.of("seed", "", "runs (rounds)", "computed by"),
                rows,
                "A seed is that of world, base model and training.");
    }

    private static String words(@Nullable Provenance by) {
        return by == null ? "not known" : by.product() + "; " + by.machine().words();
    }
}
