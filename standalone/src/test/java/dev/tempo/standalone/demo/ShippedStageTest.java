package dev.tempo.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.recipes.RecipeFile;
import dev.tempo.runs.RunDirectory;
import dev.tempo.standalone.launch.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.json.JsonMapper;

/** Ships the first stage of seed 0 of the world in words anew: {@code -Dtempo.ship=DIR}, the whole path of a run of words.yaml. */
@EnabledIfSystemProperty(named = "tempo.ship", matches = ".+")
class ShippedStageTest {
    private static final Path RECIPES =
            Path.of("..", "recipes").toAbsolutePath().normalize();

    @Test
    void whatARunComputedIsWhatShips() throws IOException {
        Recipe recipe = RecipeFile.read(RECIPES.resolve("words.yaml"), 0L);
        RunDirectory run = new RunDirectory(Path.of(System.getProperty("tempo.ship")));
        Path directory = RECIPES.resolve("words/seed0").resolve(ShippedStage.DIRECTORY);
        String base = new ModelDirectory(Path.of(recipe.model())).sha256();
        String fingerprint = Fingerprint.ofWeights(recipe, 1, base);
        assertThat(Fingerprint.ofWeights(RecipeFile.read(run.recipe(), null), 1, base))
                .as("of the run's own recipe")
                .isEqualTo(fingerprint);
        FileSystemUtils.deleteRecursively(directory);
        String stage = recipe.stages().get(0).name();
        FileSystemUtils.copyRecursively(run.policy().stage(stage), directory.resolve("policy"));
        FileSystemUtils.copyRecursively(run.critic().stage(stage), directory.resolve("critic"));
        ShippedStage shipped = new ShippedStage(
                String.valueOf(run.path().getFileName()),
                recipe.firstRoundOf(recipe.stages().get(1)),
                new ModelDirectory(directory.resolve("policy")).sha256(),
                new ModelDirectory(directory.resolve("critic")).sha256(),
                fingerprint);
        Files.write(directory.resolve(ShippedStage.FILE), JsonMapper.shared().writeValueAsBytes(shipped));

        assertThat(ShippedStage.startOf(recipe)).isPresent();
    }
}
