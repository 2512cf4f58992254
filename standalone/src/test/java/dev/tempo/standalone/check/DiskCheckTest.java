package dev.tempo.standalone.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.contract.recipe.Recipe;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.recipes.RecipeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * By hand, for Qwen3 0.6B under the quickstart's 130 rounds: a version is 2.22 GiB of each. 14 are measured, and the newest three are kept
 * too, of which the last is measured: 16. Least: three versions, three checkpoints of three times that, two stages, all twice, and the final
 * model, 64.4 GiB. Most: 13 versions of each and a copy of both stages more, 131.0 GiB.
 */
class DiskCheckTest {
    private static final Path QUICKSTART =
            Path.of("..", "recipes", "quickstart.yaml").toAbsolutePath().normalize();
    private static final long GIB = 1L << 30;

    @TempDir
    Path directory;

    private Finding finding(String more, long free) throws IOException {
        Path model = Files.createDirectories(directory.resolve("model"));
        Files.writeString(model.resolve("config.json"), """
                {"model_type": "qwen3", "hidden_size": 1024, "num_hidden_layers": 28, "num_attention_heads": 16,
                 "num_key_value_heads": 8, "head_dim": 128, "intermediate_size": 3072, "rms_norm_eps": 1e-6,
                 "rope_theta": 1e6, "tie_word_embeddings": true, "vocab_size": 151936,
                 "max_position_embeddings": 40960, "eos_token_id": 1}
                """);
        Path file = Files.writeString(
                directory.resolve("recipe.yaml"), "extends: " + QUICKSTART + "\nmodel: " + model + "\n" + more);
        Recipe recipe = RecipeFile.read(file, null);
        List<Finding> findings = DiskCheck.of(recipe, new ModelDirectory(model).config(), directory, free);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    @Test
    void aRunThatCannotEvenKeepItsCheckpointsIsRefusedWithNumbers() throws IOException {
        assertThat(finding("", 65 * GIB).level()).isEqualTo(Finding.Level.WARNING);
        Finding refused = finding("", 64 * GIB);

        assertThat(refused.level()).isEqualTo(Finding.Level.PROBLEM);
        assertThat(refused.text())
                .contains(
                        "up to 131.0 GiB of weights",
                        "16 versions each of policy (2.22) and critic (2.22)",
                        "64.0 GiB are free in " + directory,
                        "lora");
    }

    @Test
    void aRunThatMayFillTheDiskOnItsWayIsWarnedOf() throws IOException {
        assertThat(finding("", 132 * GIB).level()).isEqualTo(Finding.Level.GOOD);
        Finding warned = finding("", 131 * GIB - GIB / 20);

        assertThat(warned.level()).isEqualTo(Finding.Level.WARNING);
        assertThat(warned.text()).contains("--resume", "evaluation.every");
    }

    @Test
    void anAdapterKeepsNoBase() throws IOException {
        assertThat(finding("training: {lora: {rank: 8}, microBatchTokens: 2048}\n", 6 * GIB)
                        .level())
                .isEqualTo(Finding.Level.GOOD);
    }

    /** Three versions more and five copies of promoted ones; two checkpoints instead of a copy of two stages with both models. */
    @Test
    void promotionKeepsCopiesAndGoingBackCheckpoints() throws IOException {
        String promotion = "promotion: {file: " + QUICKSTART.resolveSibling("quickstart/seed0/holdout.jsonl")
                + ", id: id, every: 10";
        assertThat(finding(promotion + "}\n", 200 * GIB).text()).contains("up to 155.4 GiB", "19 versions each");
        assertThat(finding(promotion + ", goBackAfter: 3}\n", 200 * GIB).text()).contains("up to 159.9 GiB");
    }

    @Test
    void aRunIsMeasuredAsItLies() throws IOException {
        Recipe recipe = RecipeFile.read(QUICKSTART, null);
        // what ./tempo run left of it: 27.2 MiB in policy, critic, stages, final and the cache, 8.6 in checkpoints, one
        // more while it is written
        double left = 27.2 + 8.6 + 2 * 2.15;
        Finding found = DiskCheck.of(recipe, new ModelDirectory(Path.of(recipe.model())).config(), directory, 100 * GIB)
                .get(0);

        double said = Double.parseDouble(found.text().replaceAll(".*up to ([0-9.]+) MiB.*", "$1"));
        assertThat(said).isBetween(left, 1.1 * left);
    }
}
