package dev.tempo.eval.report;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A stage in which no row of any round taught the policy anything.
 *
 * @param rounds of the stage
 * @param rows of all rounds by what became of them
 * @param reasons why, with how many rows each held back
 */
record UnlearnedStage(String stage, int rounds, Map<String, Integer> rows, Map<String, Integer> reasons) {

    /** Those of a run that are complete, by what its versions say. Stages that came from the cache say nothing here. */
    static List<UnlearnedStage> of(Recipe recipe, List<PolicyVersion> versions) {
        Map<Integer, PolicyVersion> byNumber = versions.stream()
                .collect(Collectors.toMap(PolicyVersion::version, version -> version, (first, same) -> first));
        List<UnlearnedStage> unlearned = new ArrayList<>();
        for (Stage stage : recipe.stages()) {
            int first = recipe.firstRoundOf(stage);
            List<PolicyVersion> made = new ArrayList<>();
            for (int version = first + 1; version <= first + stage.rounds(); version++) {
                PolicyVersion known = byNumber.get(version);
                if (known != null && known.taughtNothing()) {
                    made.add(known);
                }
            }
            if (stage.rounds() > 0 && made.size() == stage.rounds()) {
                unlearned.add(of(stage, made));
            }
        }
        return unlearned;
    }

    private static UnlearnedStage of(Stage stage, List<PolicyVersion> made) {
        Map<String, Integer> rows = new TreeMap<>();
        Map<String, Integer> reasons = new TreeMap<>();
        for (PolicyVersion version : made) {
            version.rows().forEach((outcome, count) -> rows.merge(outcome, count, Integer::sum));
            Map<String, Integer> why = version.reasons();
            if (why != null) {
                why.forEach((reason, count) -> reasons.merge(reason, count, Integer::sum));
            }
        }
        return new UnlearnedStage(stage.name(), stage.rounds(), rows, reasons);
    }

    /** What happened and why, in a sentence or two, the first part in asterisks. */
    String sentence() {
        List<String> parts = new ArrayList<>();
        part("failed", "%d rows failed", parts);
        part("undecided", "%d have no verdict or value", parts);
        part("held", "%d were not rewarded, for the critic was off", parts);
        part("empty", "%d have no token that the policy wrote", parts);
        part(
                "filtered",
                "%d belong to questions of which all answers were worth the same, all right or all wrong",
                parts);
        part("dropped", "%d belong to rounds instead of which training went back to the promoted version", parts);
        part("gradient", "%d were worth exactly what was expected of them, so that their advantage is 0", parts);
        String most = reasons.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(2)
                .map(reason -> reason.getKey() + " (" + reason.getValue() + " times)")
                .collect(Collectors.joining("; "));
        return "**Stage " + stage + " learned nothing: in none of its " + rounds
                + " rounds did any response carry a gradient.** Of its rows, "
                + (parts.isEmpty() ? "none is known" : String.join(", ", parts))
                + (most.isEmpty() ? "." : ". The most frequent reasons: " + most + ".");
    }

    private void part(String outcome, String words, List<String> parts) {
        int count = rows.getOrDefault(outcome, 0);
        if (count > 0) {
            parts.add(words.formatted(count));
        }
    }
}
