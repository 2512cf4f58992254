package dev.tempo.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.recipe.AdvantageSettings;
import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.Arithmetic;
import dev.tempo.contract.recipe.ArrivalSettings;
import dev.tempo.contract.recipe.Baseline;
import dev.tempo.contract.recipe.Chat;
import dev.tempo.contract.recipe.CriticLabel;
import dev.tempo.contract.recipe.CriticTraining;
import dev.tempo.contract.recipe.Data;
import dev.tempo.contract.recipe.Evaluation;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.contract.recipe.LabeledFile;
import dev.tempo.contract.recipe.LowRank;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.contract.recipe.PolicyLossKind;
import dev.tempo.contract.recipe.PolicyTraining;
import dev.tempo.contract.recipe.PromotionSettings;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.RecalibrationSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RehearsalFile;
import dev.tempo.contract.recipe.RepeatSettings;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.Training;
import dev.tempo.contract.recipe.UnlabeledFile;
import dev.tempo.contract.recipe.ValueLossKind;
import dev.tempo.contract.recipe.ValuesFrom;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResolvedRecipeTest {

    @TempDir
    Path workspace;

    @ParameterizedTest
    @MethodSource("dev.tempo.recipes.RecipeSchemaTest#shipped")
    void aShippedRecipeReadsTheSameOnceItIsResolved(Path file) throws IOException {
        Recipe recipe = RecipeFile.read(file, 3L);

        String text = text(recipe);

        assertThat(text).doesNotContain("extends", "!!");
        assertThat(RecipeFile.read(written(text), null)).isEqualTo(recipe);
    }

    @Test
    void everyFieldThatIsNotAsUsualIsKept() throws IOException {
        Recipe recipe = unusual();
        hasNothingEmpty(recipe);

        assertThat(RecipeFile.read(written(text(recipe)), null)).isEqualTo(recipe);
    }

    @Test
    void whatLiesInTheWorkspaceMovesWithIt() throws IOException {
        Recipe recipe = unusual();
        Path file = written(text(recipe));
        assertThat(Files.readString(file)).contains("model: ../../model", "file: /elsewhere/labeled.jsonl");
        Path moved =
                Files.createDirectories(workspace.resolve("moved/runs/one")).resolve("recipe.yaml");
        Files.copy(file, moved);

        Recipe there = RecipeFile.read(moved, null);

        assertThat(there.model()).isEqualTo(workspace.resolve("moved/model").toString());
        assertThat(there.data()).isEqualTo(recipe.data());
    }

    private Recipe unusual() {
        Stage first = new Stage(
                "first",
                3,
                QuestionSource.LABELED_CALIBRATION,
                5,
                6,
                RewardSource.VERDICT,
                7,
                null,
                new AdvantageSettings(Baseline.NONE, false),
                new PolicyTraining(
                        new Optimizer(1.25e-7, .8, .99, .01, 2.5),
                        9,
                        2,
                        PolicyLossKind.TOKEN_CLIP,
                        Aggregation.SEQ_MEAN_TOKEN_SUM,
                        .2,
                        .28,
                        .1,
                        11,
                        false,
                        true),
                critic(),
                null);
        Stage second = new Stage(
                "second",
                12,
                QuestionSource.UNLABELED,
                13,
                14,
                RewardSource.CRITIC,
                0,
                new RecalibrationSettings(2, QuestionSource.LABELED_TRAIN, 3, 4, ValuesFrom.PREVIOUS),
                new AdvantageSettings(Baseline.AFTER, false),
                new PolicyTraining(
                        new Optimizer(1, .8, .99, .01, 2.5),
                        9,
                        2,
                        PolicyLossKind.TOKEN_CLIP,
                        Aggregation.SEQ_MEAN_TOKEN_MEAN,
                        .2,
                        .28,
                        .1,
                        11,
                        true,
                        true),
                critic(),
                3);
        Stage frozen = new Stage(
                "frozen",
                1,
                QuestionSource.UNLABELED,
                1,
                1,
                RewardSource.CRITIC,
                0,
                RecalibrationShape.NEVER,
                new AdvantageSettings(Baseline.GROUP, true),
                first.policy(),
                critic(),
                null);
        Stage repeating = new Stage(
                "repeating",
                1,
                QuestionSource.UNLABELED,
                1,
                1,
                RewardSource.CRITIC,
                0,
                new RecalibrationSettings(
                        1, QuestionSource.LABELED, 1, 1, ValuesFrom.RECALIBRATED, new RepeatSettings(.125, 3, .5)),
                new AdvantageSettings(Baseline.GROUP, true),
                first.policy(),
                critic(),
                null);
        return new Recipe(
                "unusual",
                -42,
                workspace.resolve("model").toString(),
                new Training(new LowRank(3, 7.5, List.of("q_proj")), 4096, Arithmetic.BFLOAT16),
                new Data(
                        new LabeledFile("/elsewhere/labeled.jsonl", "no", "yes", "null", "1", "true"),
                        new UnlabeledFile("/elsewhere/unlabeled.jsonl", "i: d", "# q", "~"),
                        new RehearsalFile("/elsewhere/rehearsal.jsonl", "a", "b\\c", "'d\""),
                        new ArrivalSettings(0, .5, 0, 1e-3, 17, 6, 18)),
                new Evaluation(
                        3,
                        8,
                        List.of(1, 4),
                        Map.of(
                                "on", new EvaluationSet("/elsewhere/on.jsonl", "x", "y", "z", "d", true, 4),
                                "b-2", new EvaluationSet("/elsewhere/b.jsonl", null, "y", "z", null, false, null)),
                        "on",
                        "(?s)x = '\\d+': # \\\\boxed\\{\\}\n"),
                new Generation(
                        0,
                        100_000,
                        "calculator",
                        "{question}\n\n Think: \\boxed{} \u00e9\u6570 ",
                        new Chat("", false),
                        List.of("\n\n", " ", "\t#"),
                        20,
                        .95,
                        1e-9),
                Map.of("default", List.of("rules", "0"), "off", List.of("external")),
                List.of(first, second, frozen, repeating),
                new PromotionSettings(
                        new EvaluationSet("/elsewhere/promotion.jsonl", "p", "q", "a", "d", false, 5),
                        3,
                        9,
                        4,
                        .75,
                        .01,
                        .02,
                        .03,
                        .04,
                        .05,
                        6));
    }

    private static CriticTraining critic() {
        return new CriticTraining(
                new Optimizer(1e-300, .8, .99, 100, 1e6), 9, 2, ValueLossKind.CLIPPED, .3, CriticLabel.PLUS_MINUS_ONE);
    }

    /** Each component of the recipe's records is set, so that one that is not written is missed. */
    private static void hasNothingEmpty(Record record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(record);
                assertThat(value).as("%s of %s", component.getName(), record).isNotNull();
                if (value instanceof Record inner) {
                    hasNothingEmpty(inner);
                }
            } catch (ReflectiveOperationException hidden) {
                throw new AssertionError(hidden);
            }
        }
    }

    private String text(Recipe recipe) {
        return ResolvedRecipe.text(recipe, workspace.resolve("runs").resolve("one"), workspace);
    }

    private Path written(String text) throws IOException {
        return Files.writeString(
                Files.createDirectories(workspace.resolve("runs").resolve("one"))
                        .resolve("recipe.yaml"),
                text);
    }
}
