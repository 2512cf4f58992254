package dev.tempo.eval.report;

import dev.tempo.contract.CriticReport;
import dev.tempo.contract.CriticVersion;
import dev.tempo.contract.EvaluationReport;
import dev.tempo.contract.Interval;
import dev.tempo.contract.ModelReference;
import dev.tempo.contract.PolicyVersion;
import dev.tempo.contract.Score;
import dev.tempo.contract.SetReport;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.recipes.RecipeFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages of a run of the quickstart's recipe: 30 rounds of stage 1, then 100. */
final class Measured {
    static final Recipe QUICKSTART = RecipeFile.read(Path.of("..", "recipes", "quickstart.yaml"), null);

    private static final ModelReference MODEL = new ModelReference("file:/runs/r/policy", "0".repeat(64));

    private Measured() {}

    static PolicyVersion policy(String run, int version) {
        return version(run, version, null);
    }

    static PolicyVersion wentBack(String run, int version, int to) {
        return version(run, version, to);
    }

    private static PolicyVersion version(String run, int version, @Nullable Integer wentBackTo) {
        return new PolicyVersion(
                run,
                version,
                MODEL,
                "stage1",
                version,
                false,
                Map.of("loss", .5),
                Map.of("gradient", 16),
                12,
                3,
                null,
                null,
                null,
                wentBackTo);
    }

    static final Provenance BY = new Provenance(
            "tempo 0.1.0", new Machine("A processor", 2, 8L << 30, "Linux", "17", "2.7.1-cpu", "0123456789abcdef"));

    static CriticVersion critic(String run, int version) {
        return new CriticVersion(run, version, MODEL, true, Map.of("brier", .1), 1, 1);
    }

    static EvaluationReport report(String run, int version, double average, @Nullable String origin) {
        return new EvaluationReport(
                run,
                version,
                "stage1",
                version,
                false,
                List.of(set("holdout", average / 2), set("unlabeled", average)),
                new CriticReport(.75, .2, .3, 100),
                10.0 * version,
                version,
                origin);
    }

    private static SetReport set(String name, double average) {
        return new SetReport(
                name,
                128,
                16,
                score(average),
                Map.of(16, score(average + .2), 8, score(average + .1)),
                score(average + .05),
                .01,
                0,
                0,
                .5,
                3,
                Map.of("q1", average - .1, "q2", average + .1),
                null,
                null);
    }

    private static Score score(double value) {
        return new Score(value, new Interval(value - .01, value + .01));
    }
}
