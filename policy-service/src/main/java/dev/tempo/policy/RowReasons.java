package dev.tempo.policy;

import dev.tempo.contract.StopReason;
import dev.tempo.contract.ValuedTrajectory;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The reasons why no row of a round taught the policy anything. */
final class RowReasons {
    private static final int MOST = 3;
    private static final int LONGEST = 200;

    private RowReasons() {}

    /** The most frequent reasons, with how many rows each held back. */
    static Map<String, Integer> of(List<ValuedTrajectory> rows) {
        Map<String, Integer> counts = new TreeMap<>();
        rows.forEach(row -> counts.merge(reason(row), 1, Integer::sum));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String reason(ValuedTrajectory row) {
        String missing = row.missing();
        if (missing != null) {
            return missing.length() > LONGEST ? missing.substring(0, LONGEST) + " ..." : missing;
        }
        if (row.trajectory().responseTokens().length() == 0) {
            return "no token was generated";
        }
        String end = row.trajectory().stopReason() == StopReason.LENGTH ? ", cut off at maxNewTokens" : "";
        return "worth what was expected (reward " + row.reward() + end + ")";
    }
}
