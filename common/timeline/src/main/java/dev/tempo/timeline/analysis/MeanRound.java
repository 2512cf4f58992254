package dev.tempo.timeline.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The average of several rounds, in microseconds.
 *
 * @param rounds how many
 * @param median length
 * @param mean length, which the path's entries add up to
 * @param path what the rounds' lengths are made of, the longest first
 * @param work of each service
 * @param waits of threads for messages of a topic
 * @param processes processor time by process; empty where it is not known of every round
 * @param idle share of each core; empty where it is not known of every round
 */
public record MeanRound(
        int rounds,
        double median,
        double mean,
        List<Work> path,
        List<Work> work,
        List<Work> waits,
        Map<String, Double> processes,
        List<Double> idle) {

    /** @param rounds at least one */
    public static MeanRound of(List<RoundTimeline> rounds) {
        List<Long> lengths = rounds.stream().map(RoundTimeline::micros).sorted().toList();
        int half = lengths.size() / 2;
        double median = lengths.size() % 2 == 1 ? lengths.get(half) : (lengths.get(half - 1) + lengths.get(half)) / 2.0;
        return new MeanRound(
                rounds.size(),
                median,
                lengths.stream().mapToLong(Long::longValue).average().orElseThrow(),
                mean(
                        rounds,
                        round -> round.path().stream()
                                .map(step -> new Work(step.service(), step.kind(), step.name(), step.micros(), 0))
                                .toList()),
                mean(rounds, RoundTimeline::work),
                mean(rounds, RoundTimeline::waits),
                processes(rounds),
                idle(rounds));
    }

    private static List<Work> mean(List<RoundTimeline> rounds, Function<RoundTimeline, List<Work>> rows) {
        WorkSums sums = new WorkSums();
        rounds.forEach(round -> rows.apply(round).forEach(sums::add));
        return sums.dividedBy(rounds.size());
    }

    private static Map<String, Double> processes(List<RoundTimeline> rounds) {
        Map<String, Double> sums = new TreeMap<>();
        if (rounds.stream().noneMatch(round -> round.processes().isEmpty())) {
            rounds.forEach(round -> round.processes()
                    .forEach((process, micros) -> sums.merge(process, micros / rounds.size(), Double::sum)));
        }
        return sums;
    }

    private static List<Double> idle(List<RoundTimeline> rounds) {
        int cores = rounds.stream().mapToInt(round -> round.idle().size()).min().orElse(0);
        List<Double> shares = new ArrayList<>();
        for (int core = 0; core < cores; core++) {
            int number = core;
            double idle = rounds.stream()
                    .mapToDouble(round -> round.idle().get(number) * round.micros())
                    .sum();
            shares.add(idle / rounds.stream().mapToLong(RoundTimeline::micros).sum());
        }
        return shares;
    }
}
