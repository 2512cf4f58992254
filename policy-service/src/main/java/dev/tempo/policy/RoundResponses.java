package dev.tempo.policy;

import dev.tempo.contract.RequestId;
import dev.tempo.contract.StopReason;
import dev.tempo.contract.ValuedTrajectory;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The responses of a round that were generated, whether they carry gradient or not, in the numbers that other trainers report of them.
 */
record RoundResponses(List<ValuedTrajectory> rows) {
    RoundResponses {
        rows = rows.stream().filter(row -> !row.trajectory().isFailed()).toList();
    }

    /**
     * Their statistics: {@code response.tokens}, the mean length; {@code response.cut}, the share that was cut off at the limit; {@code
     * reward.deviation}, the standard deviation (n - 1) of the rewards of a question's responses, its mean over questions that have two or
     * more. What there is nothing to be said of is left out.
     */
    Map<String, Double> statistics() {
        Map<String, Double> statistics = new TreeMap<>();
        rows.stream()
                .mapToInt(row -> row.trajectory().responseTokens().length())
                .average()
                .ifPresent(tokens -> statistics.put("response.tokens", tokens));
        rows.stream()
                .mapToDouble(row -> row.trajectory().stopReason() == StopReason.LENGTH ? 1 : 0)
                .average()
                .ifPresent(cut -> statistics.put("response.cut", cut));
        Map<RequestId, List<Double>> rewards = rows.stream()
                .filter(row -> row.reward() != null)
                .collect(Collectors.groupingBy(
                        row -> row.trajectory().id().request(),
                        TreeMap::new,
                        Collectors.mapping(row -> Objects.requireNonNull(row.reward()), Collectors.toList())));
        rewards.values().stream()
                .filter(ofOne -> ofOne.size() > 1)
                .mapToDouble(RoundResponses::deviation)
                .average()
                .ifPresent(deviation -> statistics.put("reward.deviation", deviation));
        return statistics;
    }

    private static double deviation(List<Double> rewards) {
        double mean =
                rewards.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        double squares = rewards.stream()
                .mapToDouble(reward -> Math.pow(reward - mean, 2))
                .sum();
        return Math.sqrt(squares / (rewards.size() - 1));
    }
}
