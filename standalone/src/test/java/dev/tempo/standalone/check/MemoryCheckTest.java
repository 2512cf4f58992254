package dev.tempo.standalone.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.model.WeightType;
import dev.tempo.recipes.RecipeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryCheckTest {
    private static final Path QUICKSTART =
            Path.of("..", "recipes", "quickstart.yaml").toAbsolutePath().normalize();
    private static final long GIB = 1L << 30;

    @TempDir
    Path directory;

    private List<Finding> findings(String training, long machine) throws IOException {
        Path model = Files.createDirectories(directory.resolve("model"));
        Files.writeString(model.resolve("config.json"), """
                {"model_type": "qwen3", "hidden_size": 1024, "num_hidden_layers": 28, "num_attention_heads": 16,
                 "num_key_value_heads": 8, "head_dim": 128, "intermediate_size": 3072, "rms_norm_eps": 1e-6,
                 "rope_theta": 1e6, "tie_word_embeddings": true, "vocab_size": 151936,
                 "max_position_embeddings": 40960, "eos_token_id": 1}
                """);
        Path recipe = Files.writeString(
                directory.resolve("recipe.yaml"),
                "extends: " + QUICKSTART + "\nmodel: " + model + "\ntraining: " + training + "\n");
        return MemoryCheck.of(
                RecipeFile.read(recipe, null), MemoryCheck.Memory.ofTheMachine(machine, WeightType.FLOAT32));
    }

    @Test
    void whatDoesNotFitIsRefusedWithNumbers() throws IOException {
        List<Finding> findings = findings("full", 16 * GIB);

        assertThat(findings).hasSize(4);
        assertThat(findings.get(0).text()).startsWith("rollout ").contains("loaded versions 4.44", "KV cache 0.");
        assertThat(findings.get(2).text())
                .startsWith("policy ")
                .contains("weights 2.22", "optimizer 4.44", "gradients 2.22", "activations ");
        assertThat(findings.get(3).level()).isEqualTo(Finding.Level.PROBLEM);
        assertThat(findings.get(3).text()).contains("the machine has 16.0 GiB", "lora", "microBatchTokens");
    }

    @Test
    void aCacheThatHoldsNoFullResponseIsSaidBeforehand() throws IOException {
        List<Finding> findings =
                findings("{lora: {rank: 8}, microBatchTokens: 2048}\ngeneration: {maxNewTokens: 16384}", 40 * GIB);

        assertThat(findings)
                .filteredOn(finding -> finding.level() == Finding.Level.WARNING)
                .singleElement()
                .satisfies(warning ->
                        assertThat(warning.text()).contains("needs 3.94 GiB", "has 0.50", "tempo.rollout.cache"));
    }

    @Test
    void anAdapterInPartsFits() throws IOException {
        List<Finding> findings = findings("{lora: {rank: 8}, microBatchTokens: 2048}", 40 * GIB);

        assertThat(findings).allMatch(finding -> finding.level() == Finding.Level.GOOD);
    }
}
