package dev.tempo.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.StageStart;
import dev.tempo.contract.UserException;
import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.VersionName;
import dev.tempo.datasets.LabeledQuestion;
import dev.tempo.datasets.LabeledQuestions;
import dev.tempo.recipes.RecipeFile;
import dev.tempo.standalone.check.DataCheck;
import dev.tempo.standalone.check.Finding;
import dev.tempo.standalone.launch.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemonstrationTest {
    private static final Path RECIPES =
            Path.of("..", "recipes").toAbsolutePath().normalize();
    private static final Path DEMO = RECIPES.resolve("words-demo.yaml");

    @TempDir
    Path directory;

    @Test
    void theShippedDemonstrationBeginsWithTheShippedFirstStage() {
        Recipe recipe = RecipeFile.read(DEMO, null);

        StageStart start = ShippedStage.startOf(recipe).orElseThrow();

        assertThat(VersionName.of(recipe, start.version()).toString()).isEqualTo("stage1 round 30 of 30 (v30)");
        assertThat(start.policy().uri()).contains("/recipes/words/seed0/stage1/policy");
        assertThat(ShippedStage.startOf(RecipeFile.read(RECIPES.resolve("words.yaml"), null)))
                .as("its first stage is the world's own")
                .contains(start);
    }

    @Test
    void anotherFirstStageIsComputed() throws IOException {
        Path other = Files.writeString(directory.resolve("other.yaml"), """
            extends: %s
            stages:
              - {name: stage1, questions: 32}
            """.formatted(DEMO));
        assertThat(ShippedStage.startOf(RecipeFile.read(other, null))).isEmpty();
        assertThat(ShippedStage.startOf(RecipeFile.read(RECIPES.resolve("quickstart.yaml"), null)))
                .isEmpty();
    }

    @Test
    void aDamagedFirstStageIsRefusedByName() throws IOException {
        Path base = copy(RECIPES.resolve("words/seed0/base"), directory.resolve("base"));
        copy(RECIPES.resolve("words/seed0/stage1"), directory.resolve("stage1"));
        copy(RECIPES.resolve("words/seed0/stage1/policy"), directory.resolve("stage1/policy"));
        copy(RECIPES.resolve("words/seed0/stage1/critic"), directory.resolve("stage1/critic"));
        Path recipe =
                Files.writeString(directory.resolve("mine.yaml"), "extends: %s\nmodel: %s\n".formatted(DEMO, base));
        assertThat(ShippedStage.startOf(RecipeFile.read(recipe, null))).isPresent();

        Path weights = directory.resolve("stage1/critic/model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] ^= 1;
        Files.write(weights, bytes);

        assertThatThrownBy(() -> ShippedStage.startOf(RecipeFile.read(recipe, null)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("critic")
                .hasMessageContaining("delete " + directory.resolve("stage1"));
    }

    @Test
    void noQuestionOfPromotionIsInAnotherFile() {
        assertThat(DataCheck.of(RecipeFile.read(DEMO, null)))
                .noneMatch(finding -> finding.level() == Finding.Level.PROBLEM)
                .anySatisfy(finding -> {
                    assertThat(finding.subject()).isEqualTo("set promotion");
                    assertThat(finding.text()).startsWith("256 questions, none of them trained on");
                });
    }

    @Test
    void shuffledLabelsAreTheSameAnswersOfOtherQuestions() {
        Recipe honest = RecipeFile.read(DEMO, null);
        Demonstration.of(DEMO, null, true, new Workspace(directory));

        Recipe shuffled =
                RecipeFile.read(directory.resolve(".tempo/demonstrations/words-demo-shuffled/recipe.yaml"), null);

        assertThat(shuffled.name()).isEqualTo("words-demo-shuffled");
        assertThat(shuffled.stages()).isEqualTo(honest.stages());
        assertThat(shuffled.promotion()).isEqualTo(honest.promotion());
        List<LabeledQuestion> before =
                LabeledQuestions.read(Objects.requireNonNull(honest.data().labeled()));
        List<LabeledQuestion> after =
                LabeledQuestions.read(Objects.requireNonNull(shuffled.data().labeled()));
        assertThat(after)
                .extracting(LabeledQuestion::question)
                .isEqualTo(before.stream().map(LabeledQuestion::question).toList());
        assertThat(after)
                .extracting(LabeledQuestion::split)
                .isEqualTo(before.stream().map(LabeledQuestion::split).toList());
        assertThat(after.stream().map(LabeledQuestion::answer).sorted().toList())
                .isEqualTo(before.stream().map(LabeledQuestion::answer).sorted().toList());
        int same = 0;
        for (int i = 0; i < before.size(); i++) {
            same += before.get(i).answer().equals(after.get(i).answer()) ? 1 : 0;
        }
        // of 900 with eleven answers 82 are the same by chance, with a standard deviation of 9
        assertThat(same).isBetween(45, 120);
    }

    @Test
    void aDemonstrationBeginsAnewWhereNoRunOfItWasStopped() {
        assertThat(Demonstration.of(DEMO, null, false, new Workspace(directory)).arguments())
                .containsExactly(DEMO.toString());
    }

    @Test
    void aRecipeThatDoesNotServeAndLearnIsRefused() {
        assertThatThrownBy(() -> Demonstration.of(RECIPES.resolve("words.yaml"), null, false, new Workspace(directory)))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("words.yaml")
                .hasMessageContaining("data.unlabeled.arriving and promotion");
    }

    private static Path copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }
}
