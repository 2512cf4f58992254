package dev.tempo.standalone.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.recipe.Arithmetic;
import dev.tempo.contract.recipe.Baseline;
import dev.tempo.contract.recipe.CriticTraining;
import dev.tempo.contract.recipe.EvaluationSet;
import dev.tempo.contract.recipe.PolicyLossKind;
import dev.tempo.contract.recipe.PolicyTraining;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.RecalibrationSettings;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.Training;
import dev.tempo.contract.recipe.ValueLossKind;
import dev.tempo.contract.recipe.ValuesFrom;
import dev.tempo.recipes.RecipeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recipes at the paper's scale say the paper's numbers (arXiv 2604.19295, and its released scripts). */
class PaperRecipesTest {
    static final Path RECIPES = Path.of("..", "recipes", "paper");

    static Stream<String> names() {
        return Stream.of("math-olmo3-7b", "math-qwen3-8b", "math-qwen3-14b", "general-olmo3-7b", "general-qwen3-8b")
                .flatMap(name -> Stream.of(name, name + "-lora"));
    }

    private static Recipe recipe(String name) {
        return RecipeFile.read(RECIPES.resolve(name + ".yaml"), null);
    }

    @Test
    void everyRecipeIsListedHereAndSaysThatItNeverRan() throws IOException {
        TreeSet<String> files = new TreeSet<>();
        try (Stream<Path> there = Files.list(RECIPES)) {
            there.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml") && !name.startsWith("judge-service"))
                    .forEach(files::add);
        }
        assertThat(files)
                .containsExactlyInAnyOrderElementsOf(
                        names().map(name -> name + ".yaml").toList());
        for (String file : files) {
            assertThat(Files.readString(RECIPES.resolve(file))).as(file).startsWith("# NEVER RUN HERE");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void batchesRatesAndClipsAreThePapers(String name) {
        Recipe recipe = recipe(name);
        int batch = name.contains("14b") ? 128 : 256;
        int miniBatch = (name.contains("14b") ? 32 : 64) * 8;
        double rate = name.endsWith("-lora") ? 1e-5 : 1e-6;

        assertThat(recipe.name()).isEqualTo(name);
        assertThat(recipe.stages()).extracting(Stage::name).containsExactly("stage1", "test-time");
        for (Stage stage : recipe.stages()) {
            assertThat(stage.samples()).isEqualTo(8);
            assertThat(stage.advantage().baseline()).isEqualTo(Baseline.BEFORE);
            PolicyTraining policy = stage.policy();
            assertThat(policy.optimizer().learningRate()).isEqualTo(rate);
            assertThat(policy.miniBatch()).isEqualTo(miniBatch);
            assertThat(policy.epochs()).isOne();
            assertThat(policy.optimizer().gradientClip()).isEqualTo(1);
            assertThat(policy.loss()).isEqualTo(PolicyLossKind.SEQUENCE_CLIP);
            assertThat(List.of(policy.clipLow(), policy.clipHigh())).containsExactly(3e-4, 5e-4);
            assertThat(policy.labeledRows()).isFalse();
            CriticTraining critic = stage.critic();
            assertThat(critic.optimizer().learningRate()).isEqualTo(rate);
            assertThat(critic.miniBatch()).isEqualTo(miniBatch);
            assertThat(critic.optimizer().gradientClip()).isEqualTo(1);
            assertThat(critic.loss()).isEqualTo(ValueLossKind.SQUARED_ERROR);
        }
        Stage first = recipe.stages().get(0);
        assertThat(first.reward()).isEqualTo(RewardSource.VERDICT);
        assertThat(first.questions()).isEqualTo(batch);
        assertThat(first.rounds()).isEqualTo(192);
        Stage second = recipe.stages().get(1);
        assertThat(second.reward()).isEqualTo(RewardSource.CRITIC);
        assertThat(second.questionsFrom()).isEqualTo(QuestionSource.UNLABELED);
        // D_u of mathematics has 30 + 30 + 100 questions.
        assertThat(second.questions()).isEqualTo(name.startsWith("math") ? Math.min(batch, 160) : batch);
        assertThat(second.rounds()).isEqualTo(name.contains("14b") ? 224 : 350);
        assertThat(second.recalibration())
                .isEqualTo(new RecalibrationSettings(1, QuestionSource.LABELED, batch, 8, ValuesFrom.RECALIBRATED));
    }

    @ParameterizedTest
    @MethodSource("names")
    void responsesAndMeasurementsAreThePapers(String name) {
        Recipe recipe = recipe(name);

        assertThat(recipe.generation().temperature()).isEqualTo(1);
        assertThat(recipe.generation().maxNewTokens()).isEqualTo(16_384);
        assertThat(recipe.generation().ask("1 + 1?"))
                .startsWith(
                        "Question: 1 + 1?\n\nPlease reason step by step, and put your final answer within \\boxed{}")
                .endsWith("\n\nAnswer:")
                .doesNotContain("  ");
        assertThat(recipe.evaluation().every()).isEqualTo(4);
        assertThat(recipe.evaluation().passAt()).containsExactly(8);
        if (name.startsWith("math")) {
            assertThat(recipe.evaluation().sets())
                    .containsOnlyKeys("aime24", "aime25", "beyond-aime", "aime26", "olymmath");
            assertThat(testTimeSets(recipe)).containsExactly("aime24", "aime25", "beyond-aime");
            assertThat(recipe.evaluation().sets().keySet())
                    .allMatch(set -> recipe.evaluation().samples(set) == 16);
            assertThat(recipe.judgesOf("default")).containsExactly("math");
        } else {
            assertThat(recipe.evaluation().sets()).containsOnlyKeys("bbh", "agieval", "zebralogic", "gpqa-diamond");
            assertThat(testTimeSets(recipe)).containsExactly("agieval", "bbh", "zebralogic");
            assertThat(recipe.evaluation().samples("gpqa-diamond")).isEqualTo(8);
            assertThat(testTimeSets(recipe)).allMatch(set -> recipe.evaluation().samples(set) == 1);
            assertThat(recipe.judgesOf("default")).containsExactly("rules", "gpt-oss-120b");
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void allWeightsAreTrainedInBfloat16UnlessTheNameSaysAdapter(String name) {
        Training training = Objects.requireNonNull(recipe(name).training());

        assertThat(training.lora() != null).isEqualTo(name.endsWith("-lora"));
        assertThat(training.arithmetic()).isEqualTo(Arithmetic.BFLOAT16);
        assertThat(training.microBatchTokens()).isEqualTo(2048 + 16_384);
    }

    private static List<String> testTimeSets(Recipe recipe) {
        return recipe.evaluation().sets().entrySet().stream()
                .filter(set -> set.getValue().isTestTimeSet())
                .map(java.util.Map.Entry<String, EvaluationSet>::getKey)
                .sorted()
                .toList();
    }
}
