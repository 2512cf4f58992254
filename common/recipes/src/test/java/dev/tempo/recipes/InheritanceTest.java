package dev.tempo.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.contract.recipe.Stage;
import dev.tempo.recipes.yaml.RecipeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InheritanceTest {
    private static final Path QUICKSTART =
            Path.of("..", "..", "recipes", "quickstart.yaml").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    @Test
    void aFieldThatAChildHasTwiceIsRefused() throws IOException {
        assertThat(refusal("seed: 1\nseed: 2\n")).contains("child.yaml:3: 'seed' is written twice, before on line 2");
        assertThat(refusal("stages:\n  - {name: test-time, rounds: 1, rounds: 2}\n"))
                .contains("child.yaml:3: 'rounds' is written twice");
        assertThat(refusal("extends: quickstart-ttrl.yaml\n")).contains("'extends' is written twice");
    }

    @Test
    void aStageThatTheParentLacksIsSaidSoWithThoseItHas() throws IOException {
        assertThat(refusal("stages:\n  - {name: test-tme, rounds: 1}\n"))
                .contains(
                        "child.yaml:3: stages[2] 'test-tme' is not among the stages of quickstart.yaml, stage1, test-time"
                                + " (did you mean 'test-time'?);"
                                + " a new one needs all its fields, and 'questionsFrom' is missing");
        assertThat(refusal("stages:\n  - {name: last, rounds: 1}\n"))
                .contains("'last' is not among the stages of quickstart.yaml, stage1, test-time; a new one");
    }

    @Test
    void aStageThatAChildNamesTwiceIsRefused() throws IOException {
        assertThat(refusal("stages:\n  - {name: test-time, rounds: 1}\n  - {name: test-time, rounds: 2}\n"))
                .contains("child.yaml:4: 'test-time' of stages is written twice, before on line 3");
    }

    @Test
    void aStageWithoutANameCannotSayWhatItChanges() throws IOException {
        assertThat(refusal("stages:\n  - {rounds: 1}\n"))
                .contains("child.yaml:3: stages of a recipe that extends another need a 'name' each")
                .contains("stage1, test-time");
    }

    @Test
    void aWholeNewStageIsAddedBehindTheParents() throws IOException {
        Recipe recipe = RecipeFile.read(child("""
                stages:
                  - name: more
                    rounds: 1
                    questionsFrom: labeled
                    questions: 4
                    samples: 2
                    reward: verdict
                    policy: {learningRate: 1e-6, miniBatch: 4, clip: [0.03, 0.05]}
                    critic: {learningRate: 5e-4, miniBatch: 4}
                """), null);

        assertThat(recipe.stages()).extracting(Stage::name).containsExactly("stage1", "test-time", "more");
    }

    @Test
    void aSectionThatTwoStagesShareByAnAliasIsMergedIntoEachByItself() throws IOException {
        Recipe recipe = RecipeFile.read(child("""
                stages:
                  - {name: stage1, policy: &faster {learningRate: 0.1}}
                  - {name: test-time, policy: *faster}
                """), null);

        assertThat(recipe.stages())
                .extracting(stage -> stage.policy().optimizer().learningRate())
                .containsExactly(.1, .1);
        assertThat(recipe.stages())
                .extracting(stage -> stage.policy().rehearsal())
                .containsExactly(.4, 0.);
    }

    @Test
    void anEmptyFieldTakesBackWhatTheParentSays() throws IOException {
        Recipe recipe = RecipeFile.read(child("""
                data: {rehearsal: ~}
                generation: {environment: }
                evaluation: {criticQualityOn: null, sets: {unlabeled: ~}}
                stages:
                  - {name: stage1, policy: {rehearsal: ~}}
                """), null);

        assertThat(recipe.data().rehearsal()).isNull();
        assertThat(recipe.generation().environment()).isNull();
        assertThat(recipe.evaluation().sets()).containsOnlyKeys("holdout");
        assertThat(recipe.stages().get(0).policy().rehearsal()).isZero();
    }

    @Test
    void whatIsExtendedMustBeAFileThatIsThere() throws IOException {
        assertThat(refusalOf("extends: nowhere.yaml\n"))
                .contains("child.yaml:1: extends names 'nowhere.yaml', but there is no such file: " + directory);
        assertThat(refusalOf("extends: [a.yaml, b.yaml]\n"))
                .contains("extends must be the file of one recipe but is a list");
        assertThat(refusalOf("extends:\n")).contains("child.yaml:1: extends names no file");
        assertThat(refusalOf("extends: .\n")).contains(directory + ": is a directory");
        assertThat(refusalOf("extends: ~/nowhere.yaml\n")).contains(System.getProperty("user.home") + "/nowhere.yaml");
    }

    @Test
    void recipesThatExtendEachOtherAreRefused() throws IOException {
        assertThat(refusalOf("extends: child.yaml\n"))
                .contains("child.yaml:1: extends goes round in a circle: child.yaml extends child.yaml");
        Files.writeString(directory.resolve("a.yaml"), "extends: b.yaml\n");
        Files.writeString(directory.resolve("b.yaml"), "# one\nextends: ./a.yaml\n");
        assertThat(refusalOf("extends: a.yaml\n"))
                .contains("b.yaml:2: extends goes round in a circle: a.yaml extends b.yaml extends a.yaml");
    }

    private String refusal(String changes) throws IOException {
        return refusalOf("extends: " + QUICKSTART + "\n" + changes);
    }

    private String refusalOf(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("child.yaml"), text);
        Throwable refusal = catchThrowable(() -> RecipeFile.read(file, null));
        assertThat(refusal).isInstanceOf(RecipeException.class);
        return String.valueOf(refusal.getMessage());
    }

    private Path child(String changes) throws IOException {
        return Files.writeString(directory.resolve("child.yaml"), "extends: " + QUICKSTART + "\n" + changes);
    }
}
