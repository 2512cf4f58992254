package dev.tempo.eval.reproduction;

import dev.tempo.eval.reproduction.MethodSummary.MeasuredVersion;
import dev.tempo.eval.reproduction.MethodSummary.SetQuestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The seeds that are looked at together: all, those that the experiment was tuned on, or those that it was not. */
final class SeedGroup {
    /** The seeds that were looked at while a world's numbers were chosen; of other people's worlds nobody has said. */
    private static final Map<String, List<Long>> TUNED =
            Map.of(SuiteRuns.USUAL_WORLD, List.of(0L, 1L, 2L), "words", List.of(0L), "tellings", List.of());

    /** The seeds that were looked at while a method's own numbers were chosen, where these are more than its world's. */
    private static final Map<String, Map<String, List<Long>>> TUNED_APART =
            Map.of("words", Map.of(Method.LORA, List.of(0L, 1L, 2L, 3L, 4L)));

    private final String title;
    private final SortedMap<String, SortedMap<Long, MethodSummary>> byMethod = new TreeMap<>(Method.order());

    SeedGroup(String title, Collection<MethodSummary> summaries) {
        this.title = title;
        for (MethodSummary summary : summaries) {
            byMethod.computeIfAbsent(summary.method(), first -> new TreeMap<>()).put(summary.seed(), summary);
        }
    }

    /** Where a method stands after so many rounds of the last stage. */
    record Milestone(String method, int round) {}

    /** All seeds apart by whether the experiment was tuned on them; empty groups are left out. */
    static List<SeedGroup> apart(List<MethodSummary> summaries) {
        List<SeedGroup> groups = new ArrayList<>();
        for (boolean tuned : new boolean[] {true, false}) {
            List<MethodSummary> part = summaries.stream()
                    .filter(summary -> isTuned(summary) == tuned)
                    .toList();
            if (!part.isEmpty()) {
                String seeds = seeds(part.stream().map(MethodSummary::seed).toList());
                String history = history(part.get(0));
                groups.add(new SeedGroup(seeds + (history.isEmpty() ? "" : " (" + history + ")"), part));
            }
        }
        return groups;
    }

    /** Whether a run's seed was looked at before, in words; empty of a world that does not ship. */
    static String history(MethodSummary run) {
        if (!isOurs(run.world())) {
            return "";
        }
        return isTuned(run) ? "looked at while tuning" : "not looked at while tuning";
    }

    /** Which of a world's methods were tuned on seeds of their own, in sentences; empty where none was. */
    static String tunedApart(String world, Collection<String> methods) {
        return TUNED_APART.getOrDefault(world, Map.of()).entrySet().stream()
                .filter(tuned -> methods.contains(tuned.getKey()))
                .map(tuned ->
                        " " + Method.title(tuned.getKey()) + " was itself tuned on " + seeds(tuned.getValue()) + ".")
                .collect(Collectors.joining());
    }

    /** Whether a world ships with the project. */
    static boolean isOurs(String world) {
        return TUNED.containsKey(world);
    }

    private static boolean isTuned(MethodSummary run) {
        return TUNED.getOrDefault(run.world(), List.of()).contains(run.seed());
    }

    /** Those of some methods that are on some of the seeds only, in a sentence; empty where there are none. */
    String fewer(Collection<String> drawn, UnaryOperator<String> words) {
        List<String> fewer = drawn.stream()
                .filter(method -> !of(method).isEmpty() && !isComplete(method))
                .map(method -> words.apply(method) + " on " + seeds(seeds(method)))
                .toList();
        return fewer.isEmpty() ? "" : " Only on some seeds are: " + String.join("; ", fewer) + ".";
    }

    /** Whether a method is there on every seed. */
    boolean isComplete(String method) {
        return seeds(method).equals(seeds());
    }

    /** Seeds in words: {@code seeds 0-2, 5}. */
    static String seeds(Collection<Long> seeds) {
        String ranges = ranges(seeds);
        return (ranges.matches("\\d+") ? "seed " : "seeds ") + ranges.replace(",", ", ");
    }

    /** Seeds as {@code --seeds} takes them: {@code 0-2,5}. */
    static String ranges(Collection<Long> seeds) {
        StringBuilder text = new StringBuilder();
        List<Long> sorted = List.copyOf(new TreeSet<>(seeds));
        int begin = 0;
        while (begin < sorted.size()) {
            int end = begin;
            while (end + 1 < sorted.size() && sorted.get(end + 1) == sorted.get(end) + 1) {
                end++;
            }
            text.append(text.isEmpty() ? "" : ",").append(sorted.get(begin));
            if (end > begin) {
                text.append('-').append(sorted.get(end));
            }
            begin = end + 1;
        }
        return text.toString();
    }

    String title() {
        return title;
    }

    List<String> methods() {
        return List.copyOf(byMethod.keySet());
    }

    /** The seeds for which all of the methods are there. */
    List<Long> seeds(String... methods) {
        TreeSet<Long> seeds = new TreeSet<>();
        byMethod.values().forEach(runs -> seeds.addAll(runs.keySet()));
        for (String method : methods) {
            seeds.retainAll(byMethod.getOrDefault(method, new TreeMap<>()).keySet());
        }
        return List.copyOf(seeds);
    }

    Collection<MethodSummary> of(String method) {
        return byMethod.getOrDefault(method, new TreeMap<>()).values();
    }

    Optional<MethodSummary> of(String method, long seed) {
        return Optional.ofNullable(
                byMethod.getOrDefault(method, new TreeMap<>()).get(seed));
    }

    Collection<MethodSummary> all() {
        return byMethod.values().stream()
                .flatMap(runs -> runs.values().stream())
                .toList();
    }

    /** The sets as the first summary has them. */
    List<SetQuestions> sets() {
        return byMethod.values().iterator().next().values().iterator().next().sets();
    }

    SetQuestions testTime() {
        return byMethod.values().iterator().next().values().iterator().next().testTime();
    }

    /** pass@k of the most samples that is reported for the questions without labels. */
    ScoreKind widest() {
        SetQuestions set = testTime();
        return ScoreKind.passAt(set.passAt().stream().max(Integer::compare).orElse(set.samples()));
    }

    /** The latest round that every summary has measured: where methods are compared. */
    int end() {
        TreeSet<Integer> rounds = new TreeSet<>(rounds());
        all().forEach(summary -> rounds.removeIf(round -> summary.at(round).isEmpty()));
        return rounds.isEmpty() ? 0 : rounds.last();
    }

    /** Every measured round of the last stage. */
    List<Integer> rounds() {
        TreeSet<Integer> rounds = new TreeSet<>();
        all().forEach(summary -> summary.ofLastStage().forEach(version -> rounds.add(version.round())));
        return List.copyOf(rounds);
    }

    /** A number of each seed of a method after a round; of none where it was not measured. */
    List<Double> numbers(Milestone milestone, ToDoubleFunction<MeasuredVersion> number) {
        return of(milestone.method).stream()
                .flatMap(summary -> summary.at(milestone.round).stream())
                .mapToDouble(number)
                .filter(Double::isFinite)
                .boxed()
                .toList();
    }

    /** Each seed's questions' scores; without seeds where they were not measured. */
    SortedMap<Long, double[]> scores(Milestone milestone, String set, ScoreKind kind) {
        SortedMap<Long, double[]> scores = new TreeMap<>();
        for (MethodSummary summary : of(milestone.method)) {
            double[] ofSeed = numbers(summary.scores(milestone.round, set, kind));
            if (ofSeed.length > 0) {
                scores.put(summary.seed(), ofSeed);
            }
        }
        return scores;
    }

    /** The difference of two milestones, over the seeds that have both; empty without any. */
    Optional<PairedScores> difference(Milestone one, Milestone other, String set, ScoreKind kind) {
        return difference(one, other, set, kind, question -> true);
    }

    /** The same over some of the questions, by id. */
    Optional<PairedScores> difference(
            Milestone one, Milestone other, String set, ScoreKind kind, Predicate<String> among) {
        SortedMap<Long, double[]> bySeed = new TreeMap<>();
        for (long seed : seeds(one.method, other.method)) {
            SortedMap<String, Double> first = of(one.method, seed).orElseThrow().scores(one.round, set, kind);
            SortedMap<String, Double> second =
                    of(other.method, seed).orElseThrow().scores(other.round, set, kind);
            first.keySet().retainAll(second.keySet());
            first.keySet().removeIf(question -> !among.test(question));
            first.replaceAll((question, score) -> score - Objects.requireNonNull(second.get(question)));
            if (!first.isEmpty()) {
                bySeed.put(seed, numbers(first));
            }
        }
        return bySeed.isEmpty() ? Optional.empty() : Optional.of(new PairedScores(bySeed));
    }

    private static double[] numbers(SortedMap<String, Double> scores) {
        return scores.values().stream().mapToDouble(Double::doubleValue).toArray();
    }
}
