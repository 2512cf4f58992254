package dev.tempo.standalone.progress;

import dev.tempo.contract.CriticReport;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.Interval;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Run;
import dev.tempo.contract.RunState;
import dev.tempo.contract.Score;
import dev.tempo.contract.SetReport;
import dev.tempo.contract.recipe.Evaluation;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.eval.report.RunJournal;
import dev.tempo.recipes.RecipeFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a view is told of a run: 30 rounds of stage1, then 100 of test-time, as in the quickstart. */
final class Told {
    static final Recipe QUICKSTART = RecipeFile.read(Path.of("..", "recipes", "quickstart.yaml"), null);

    private static final ModelReference MODEL = new ModelReference("file:/runs/r/policy", "0".repeat(64));

    private Told() {}

    static Run run(Recipe recipe) {
        return new Run("r", RunState.ACTIVE, recipe, MODEL, "/runs/r", null);
    }

    static RunJournal journal(Recipe recipe) {
        return new RunJournal("r", recipe);
    }

    /** The quickstart measured on the sets of these names, the first being the test-time set. */
    static Recipe measuredOn(String... sets) {
        Map<String, EvaluationSet> named = new HashMap<>();
        for (String set : sets) {
            named.put(set, new EvaluationSet("f", null, "question", "answer", null, set.equals(sets[0])));
        }
        Recipe recipe = QUICKSTART;
        return new Recipe(
                recipe.name(),
                recipe.seed(),
                recipe.model(),
                recipe.training(),
                recipe.data(),
                new Evaluation(10, 16, List.of(8, 16), named, sets[0]),
                recipe.generation(),
                recipe.judges(),
                recipe.stages());
    }

    static PolicyVersion wentBack(int version, int to) {
        return new PolicyVersion(
                "r",
                version,
                MODEL,
                "stage1",
                version,
                false,
                Map.of(),
                Map.of("dropped", 4),
                2 * version,
                3,
                null,
                null,
                null,
                to);
    }

    static PolicyVersion version(int version, Map<String, Integer> rows) {
        String stage = version < 30 ? "stage1" : "test-time";
        return new PolicyVersion(
                "r", version, MODEL, stage, version % 30, version == 130, Map.of("loss", .5), rows, 2 * version, 3);
    }

    static EvaluationReport report(int version, String... sets) {
        return new EvaluationReport(
                "r",
                version,
                "test-time",
                version,
                false,
                java.util.Arrays.stream(sets).sorted().map(Told::set).toList(),
                new CriticReport(.875, .25, .5, 100),
                version,
                version,
                null);
    }

    private static SetReport set(String name) {
        Map<Integer, Score> passes = Map.of(8, score(.75), 16, score(.8125));
        return new SetReport(name, 128, 16, score(.5), passes, score(.625), 0, 0, 0, 0.0, 1, Map.of(), null, null);
    }

    private static Score score(double value) {
        return new Score(value, new Interval(value - .0625, value + .0625));
    }
}
