package dev.tempo.eval.report;

import dev.tempo.contract.recipe.Recipe;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A finished run beside others.
 *
 * @param recipe null where only its summary is at hand
 * @param questions what the questions of each set were and in which words they were asked, as a text to be compared, by the set's name;
 *     without those whose files are gone or changed
 * @param everyQuestion the file with every question of a measurement; null where there is none
 */
public record ComparedRun(
        Summary summary,
        @Nullable Recipe recipe,
        Map<String, String> questions,
        @Nullable Path everyQuestion) {
    public ComparedRun {
        questions = Map.copyOf(questions);
    }

    Summary.StageSummary last() {
        return summary.stages().get(summary.stages().size() - 1);
    }

    /** Each question's share of right samples at the end, by id; empty where neither the summary lists them nor a file does. */
    Map<String, Double> finalAverages(String set) {
        Map<String, Double> averages = new TreeMap<>();
        if (last().sets().getOrDefault(set, Map.of()).get(Summary.AVERAGES) instanceof Map<?, ?> listed) {
            listed.forEach((question, average) -> {
                if (average instanceof Number number) {
                    averages.put(String.valueOf(question), number.doubleValue());
                }
            });
        }
        if (averages.isEmpty() && everyQuestion != null) {
            MeasuredQuestion.read(everyQuestion).stream()
                    .filter(measured -> measured.set().equals(set) && measured.avg() != null)
                    .forEach(measured -> averages.put(measured.question(), Objects.requireNonNull(measured.avg())));
        }
        return averages;
    }

    /** Whether both were asked the same questions of a set. */
    boolean askedTheSame(ComparedRun other, String set) {
        String mine = questions.get(set);
        return mine != null && mine.equals(other.questions.get(set));
    }

    /** The names of runs beside each other: by the recipe's name, the seed and the id, as far as they differ. */
    static List<String> labels(List<ComparedRun> runs) {
        boolean oneSeed =
                runs.stream().map(run -> run.summary.seed()).distinct().count() == 1;
        List<String> names = runs.stream()
                .map(run -> run.summary.recipe() + (oneSeed ? "" : " s" + run.summary.seed()))
                .toList();
        return runs.stream()
                .map(run -> {
                    String name = names.get(runs.indexOf(run));
                    return names.stream().filter(name::equals).count() == 1 ? name : run.summary.run();
                })
                .toList();
    }
}
