package dev.tempo.contract.recipe;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tempo.contract.Check;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of evaluation: when and how policy versions are measured.
 *
 * @param every rounds between measurements, counted within a stage
 * @param samples per question, k of avg@k, of sets that do not say their own
 * @param passAt the k of pass@k, each at most {@code samples}
 * @param sets benchmark sets by name; their charts have the same names
 * @param criticQualityOn the set on whose trajectories AUC and Brier of the critic are measured; null for none
 * @param format a regular expression in RE2's syntax of whole responses that keep their form; null where no form is looked at
 */
public record Evaluation(
        int every,
        int samples,
        List<Integer> passAt,
        Map<String, EvaluationSet> sets,
        @Nullable String criticQualityOn,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String format) {
    public Evaluation {
        Check.positive("every", every);
        Check.samples("samples", samples);
        passAt = List.copyOf(passAt);
        for (int k : passAt) {
            if (k < 1 || k > samples) {
                throw new IllegalArgumentException(
                        "passAt: pass@" + k + " needs 1 <= k <= samples, and samples is " + samples);
            }
        }
        sets = Map.copyOf(sets);
        sets.keySet().forEach(set -> Check.name("sets: the name of a set", set));
        if (criticQualityOn != null && !sets.containsKey(criticQualityOn)) {
            throw new IllegalArgumentException(
                    "criticQualityOn: no set named '" + criticQualityOn + "' among " + sets.keySet());
        }
    }

    /** Settings that look at no form. */
    public Evaluation(
            int every,
            int samples,
            List<Integer> passAt,
            Map<String, EvaluationSet> sets,
            @Nullable String criticQualityOn) {
        this(every, samples, passAt, sets, criticQualityOn, null);
    }

    /** Samples per question of a set. */
    public int samples(String set) {
        EvaluationSet named = sets.get(set);
        Integer own = named == null ? null : named.samples();
        return own == null ? samples : own;
    }

    /** The sets in the order in which people are shown them: test-time sets, that of the critic's quality, others by name. */
    public List<String> setsInOrder() {
        Comparator<Map.Entry<String, EvaluationSet>> testTimeFirst =
                Comparator.comparing(set -> !set.getValue().isTestTimeSet());
        return sets.entrySet().stream()
                .sorted(testTimeFirst
                        .thenComparing(set -> !set.getKey().equals(criticQualityOn))
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The k of pass@k that a set has samples for. */
    public List<Integer> passAt(String set) {
        return passAt.stream().filter(k -> k <= samples(set)).toList();
    }
}
