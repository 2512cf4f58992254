package dev.tempo.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.recipe.Aggregation;
import dev.tempo.contract.recipe.Arithmetic;
import dev.tempo.contract.recipe.Baseline;
import dev.tempo.contract.recipe.Chat;
import dev.tempo.contract.recipe.Generation;
import dev.tempo.contract.recipe.LowRank;
import dev.tempo.contract.recipe.QuestionSource;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.RewardSource;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.contract.recipe.Training;
import dev.tempo.recipes.yaml.RecipeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecipeFileTest {
    private static final Path RECIPES = Path.of("..", "..", "recipes");

    @TempDir
    Path directory;

    @Test
    void theQuickstartSaysWhatTheExperimentSays() {
        Recipe recipe = RecipeFile.read(RECIPES.resolve("quickstart.yaml"), null);

        assertThat(recipe.seed()).isZero();
        assertThat(recipe.rounds()).isEqualTo(130);
        Stage first = recipe.stages().get(0);
        assertThat(first.questionsFrom()).isEqualTo(QuestionSource.LABELED_TRAIN);
        assertThat(first.criticWarmUp()).isEqualTo(40);
        assertThat(first.policy().optimizer().learningRate()).isEqualTo(3e-4);
        assertThat(first.policy().rehearsal()).isEqualTo(.4);
        assertThat(first.policy().aggregation()).isEqualTo(Aggregation.TOKEN_MEAN);
        Stage second = recipe.stages().get(1);
        assertThat(second.reward()).isEqualTo(RewardSource.CRITIC);
        assertThat(second.policy().optimizer().learningRate()).isEqualTo(1e-4);
        assertThat(second.policy().clipHigh()).isEqualTo(.05);
        assertThat(second.advantage().baseline()).isEqualTo(Baseline.BEFORE);
        assertThat(recipe.model()).endsWith("recipes/quickstart/seed0/base").startsWith("/");
    }

    @Test
    void everyBaselineSharesTheFirstStageAndChangesTheSecond() {
        Recipe tempo = RecipeFile.read(RECIPES.resolve("quickstart.yaml"), 1L);
        for (String name :
                new String[] {"ttrl", "empo", "scrl", "em-rl", "ttrl-guard", "frozen", "continued", "rehearsed"}) {
            Recipe baseline = RecipeFile.read(RECIPES.resolve("quickstart-" + name + ".yaml"), 1L);
            assertThat(baseline.stages().get(0)).isEqualTo(tempo.stages().get(0));
            assertThat(baseline.stages().get(1)).isNotEqualTo(tempo.stages().get(1));
            assertThat(baseline.model()).isEqualTo(tempo.model());
        }
    }

    @Test
    void theSeedOfTheCommandLineReplacesTheRecipesOwnEverywhere() {
        Recipe recipe = RecipeFile.read(RECIPES.resolve("quickstart.yaml"), 7L);

        assertThat(recipe.seed()).isEqualTo(7);
        assertThat(recipe.model()).contains("seed7");
        assertThat(recipe.data()).asString().contains("seed7").doesNotContain("seed0");
    }

    @Test
    void questionsBecomePromptsAsTheRecipeSays() throws IOException {
        Path file = write("""
                extends: %s
                generation:
                  prompt: "{question}\\nThink."
                  chat: {system: Be brief., enableThinking: false}
                  stop: ["\\n\\n", "Q:"]
                """.formatted(quickstart()));

        Generation generation = RecipeFile.read(file, null).generation();

        assertThat(generation.ask("1+1?")).isEqualTo("1+1?\nThink.");
        assertThat(generation.chat()).isEqualTo(new Chat("Be brief.", false));
        assertThat(generation.stop()).containsExactly("\n\n", "Q:");
        Generation plain =
                RecipeFile.read(RECIPES.resolve("quickstart.yaml"), null).generation();
        assertThat(plain).isEqualTo(new Generation(1, 22, "calculator"));
        assertThat(plain.ask("1+1?")).isEqualTo("1+1?");
    }

    @Test
    void chatIsOnWithoutSettingsToo() throws IOException {
        Path on = write("extends: %s\ngeneration: {chat: true}\n".formatted(quickstart()));
        assertThat(RecipeFile.read(on, null).generation().chat()).isEqualTo(new Chat(null, null));
        Path off = write("extends: %s\ngeneration: {chat: false}\n".formatted(quickstart()));
        assertThat(RecipeFile.read(off, null).generation().chat()).isNull();
    }

    @Test
    void aPromptWithoutTheQuestionIsRefusedWithItsLine() throws IOException {
        Path file = write("extends: %s\ngeneration:\n  prompt: Think.\n".formatted(quickstart()));

        assertThatThrownBy(() -> RecipeFile.read(file, null))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining(file + ":3")
                .hasMessageContaining("generation.prompt has no {question}");
    }

    @Test
    void aMisspeltFieldIsNamedWithItsLineAndTheNearestOne() throws IOException {
        Path file = write("""
                extends: %s
                stages:
                  - name: test-time
                    policy: {learningRat: 1e-4}
                """.formatted(quickstart()));

        assertThatThrownBy(() -> RecipeFile.read(file, null))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining(file + ":4")
                .hasMessageContaining("learningRat")
                .hasMessageContaining("did you mean 'learningRate'?");
    }

    @Test
    void aNumberThatIsNoneIsNamedWithItsFieldAndLine() throws IOException {
        Path file = write("extends: %s\nstages:\n  - {name: test-time, rounds: many}\n".formatted(quickstart()));

        assertThatThrownBy(() -> RecipeFile.read(file, null))
                .hasMessageContaining(file + ":3")
                .hasMessageContaining("stages[1].rounds")
                .hasMessageContaining("'many'");
    }

    @Test
    void samplingMayLeaveTokensOut() throws IOException {
        Path file = write("extends: %s\ngeneration: {temperature: 0.6, topK: 20, topP: 0.95, minP: 0.1}\n"
                .formatted(quickstart()));

        assertThat(RecipeFile.read(file, null).generation())
                .isEqualTo(new Generation(.6, 22, "calculator", null, null, null, 20, .95, .1));
        for (String wrong : List.of("topK: 0", "topP: 1.5", "minP: -1", "temperature: -1")) {
            Path refused = write("extends: %s\ngeneration: {%s}\n".formatted(quickstart(), wrong));
            assertThatThrownBy(() -> RecipeFile.read(refused, null))
                    .hasMessageContaining("generation." + wrong.substring(0, wrong.indexOf(':')));
        }
    }

    @Test
    void aRewardThatDoesNotFitItsQuestionsIsRefusedAtItsPlace() throws IOException {
        Path file = write("extends: %s\nstages:\n  - {name: test-time, reward: verdict, recalibration: none}\n"
                .formatted(quickstart()));

        assertThatThrownBy(() -> RecipeFile.read(file, null))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("verdicts need labeled questions");
    }

    @Test
    void trainingIsOfAllWeightsUnlessTheRecipeAsksForAnAdapter() throws IOException {
        assertThat(RecipeFile.read(RECIPES.resolve("quickstart.yaml"), null).training())
                .isNull();
        Path file = write("extends: %s\ntraining: full\n".formatted(quickstart()));
        assertThat(RecipeFile.read(file, null).training()).isNull();
        write("extends: %s\ntraining: {lora: {rank: 8}, microBatchTokens: 4_096}\n".formatted(quickstart()));
        assertThat(RecipeFile.read(file, null).training())
                .isEqualTo(new Training(new LowRank(8, 16, LowRank.PROJECTIONS), 4096, Arithmetic.FLOAT32));
        write("extends: %s\ntraining: {lora: {rank: 8, alpha: 4, targets: [q_proj, v_proj]}, arithmetic: bfloat16}\n"
                .formatted(quickstart()));
        assertThat(RecipeFile.read(file, null).training())
                .isEqualTo(new Training(new LowRank(8, 4, List.of("q_proj", "v_proj")), 0, Arithmetic.BFLOAT16));
    }

    @Test
    void whatTrainingCannotMeanIsRefusedAtItsPlace() throws IOException {
        Path file = write("extends: %s\ntraining: lora\n".formatted(quickstart()));
        assertThatThrownBy(() -> RecipeFile.read(file, null))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining(file + ":2")
                .hasMessageContaining("'lora'");
        write("extends: %s\ntraining:\n  lora: {rank: 8, targets: [embed]}\n".formatted(quickstart()));
        assertThatThrownBy(() -> RecipeFile.read(file, null))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining(file + ":3")
                .hasMessageContaining("targets")
                .hasMessageContaining("'embed'");
        write("extends: %s\ntraining:\n  lora: {alpha: 8}\n".formatted(quickstart()));
        assertThatThrownBy(() -> RecipeFile.read(file, null)).hasMessageContaining("rank is missing");
    }

    @Test
    void anUnknownWordListsTheKnownOnes() throws IOException {
        Path file = write("extends: %s\nstages:\n  - {name: test-time, reward: oracle}\n".formatted(quickstart()));

        assertThatThrownBy(() -> RecipeFile.read(file, null))
                .hasMessageContaining("critic")
                .hasMessageContaining("majority-vote");
    }

    @Test
    void brokenYamlIsNamedWithItsLine() throws IOException {
        Path file = write("name: x\nstages: [\n");

        assertThatThrownBy(() -> RecipeFile.read(file, null))
                .hasMessageContaining(file + ":")
                .hasMessageContaining("YAML");
    }

    @Test
    void aMissingRecipeIsNamed() {
        assertThatThrownBy(() -> RecipeFile.read(directory.resolve("nowhere.yaml"), null))
                .hasMessageContaining("nowhere.yaml")
                .hasMessageContaining("no such recipe");
    }

    private Path quickstart() {
        return RECIPES.resolve("quickstart.yaml").toAbsolutePath().normalize();
    }

    private Path write(String text) throws IOException {
        return Files.writeString(directory.resolve("recipe.yaml"), text);
    }
}
