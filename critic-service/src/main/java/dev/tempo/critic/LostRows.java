package dev.tempo.critic;

import dev.tempo.contract.JudgedTrajectory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The rows of a labeled batch from which nothing can be learned.
 *
 * @param failed trajectories that could not be generated
 * @param undecided trajectories that no judge could decide
 * @param first the reason of the first; empty where there is none
 */
record LostRows(int failed, int undecided, String first) {

    static LostRows of(List<JudgedTrajectory> batch) {
        List<JudgedTrajectory> lost = batch.stream()
                .filter(judged -> Example.withoutVerdict(judged) != null)
                .toList();
        int failed = (int)
                lost.stream().filter(judged -> judged.trajectory().isFailed()).count();
        String first = lost.isEmpty() ? "" : String.valueOf(Example.withoutVerdict(lost.get(0)));
        return new LostRows(failed, lost.size() - failed, first);
    }

    boolean any() {
        return failed + undecided > 0;
    }

    /** The counts that are not 0, as {@code rows.failed} and {@code rows.undecided}, beside other statistics. */
    Map<String, Double> beside(Map<String, Double> measured) {
        Map<String, Double> all = new TreeMap<>(measured);
        if (failed > 0) {
            all.put("rows.failed", (double) failed);
        }
        if (undecided > 0) {
            all.put("rows.undecided", (double) undecided);
        }
        return all;
    }

    /** @param all whether none of the batch is left to learn from */
    void tell(LoggingEventBuilder line, boolean all) {
        line.addKeyValue("failed", failed)
                .addKeyValue("undecided", undecided)
                .addKeyValue("reason", first)
                .log(
                        all
                                ? "nothing was learned from a labeled batch: none of its rows has a verdict"
                                : "rows of a labeled batch have no verdict and were left out");
    }
}
