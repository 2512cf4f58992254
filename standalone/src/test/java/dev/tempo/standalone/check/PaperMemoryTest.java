package dev.tempo.standalone.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.recipes.RecipeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On which devices the recipes at the paper's scale fit, from published shapes alone; recipes/paper/README.md says the same. */
class PaperMemoryTest {
    private static final Pattern TOTAL = Pattern.compile("^(rollout|critic|policy) ([0-9.]+) GB:.*", Pattern.DOTALL);
    private static final Pattern TOGETHER = Pattern.compile("that is ([0-9]+) sequences of ([0-9]+) tokens");

    @TempDir
    Path directory;

    private static String config(String model) {
        if (model.startsWith("Olmo")) {
            return """
                    {"model_type": "olmo3", "hidden_size": 4096, "num_hidden_layers": 32, "num_attention_heads": 32,
                     "num_key_value_heads": 32, "intermediate_size": 11008, "rms_norm_eps": 1e-6, "rope_theta": 500000,
                     "sliding_window": 4096, "tie_word_embeddings": false, "vocab_size": 100278,
                     "max_position_embeddings": 65536, "eos_token_id": 100257}
                    """;
        }
        boolean large = model.contains("14B");
        return """
                {"model_type": "qwen3", "hidden_size": %d, "num_hidden_layers": %d, "num_attention_heads": %d,
                 "num_key_value_heads": 8, "head_dim": 128, "intermediate_size": %d, "rms_norm_eps": 1e-6,
                 "rope_theta": 1e6, "tie_word_embeddings": false, "vocab_size": 151936,
                 "max_position_embeddings": 32768, "eos_token_id": 151643}
                """.formatted(large ? 5120 : 4096, large ? 40 : 36, large ? 40 : 32, large ? 17_408 : 12_288);
    }

    private List<Finding> findings(String name, double gigabytes) {
        Path original = PaperRecipesTest.RECIPES
                .resolve(name + ".yaml")
                .toAbsolutePath()
                .normalize();
        String model =
                Path.of(RecipeFile.read(original, null).model()).getFileName().toString();
        try {
            Path home = Files.createDirectories(directory.resolve(model));
            Files.writeString(home.resolve("config.json"), config(model));
            Path moved = Files.writeString(
                    directory.resolve(name + ".yaml"), "extends: " + original + "\nmodel: " + model + "\n");
            return DeviceCheck.of(RecipeFile.read(moved, null), gigabytes);
        } catch (IOException unwritable) {
            throw new java.io.UncheckedIOException(unwritable);
        }
    }

    private static boolean fits(List<Finding> findings) {
        return findings.stream().noneMatch(finding -> finding.level() == Finding.Level.PROBLEM);
    }

    @Test
    void theTableOfTheReadmeIsThePlan() throws IOException {
        StringBuilder table = new StringBuilder();
        for (String name :
                PaperRecipesTest.names().filter(name -> name.startsWith("math")).toList()) {
            table.append("| `").append(name).append("` |");
            List<Finding> widest = findings(name, 1000);
            for (Finding finding : widest.subList(0, 3)) {
                Matcher total = TOTAL.matcher(finding.text());
                assertThat(total.matches()).as(finding.text()).isTrue();
                if (!total.group(1).equals("rollout")) {
                    table.append(' ').append(total.group(2)).append(" |");
                }
            }
            for (double device : new double[] {24, 80, 141}) {
                List<Finding> findings = findings(name, device);
                Matcher together = TOGETHER.matcher(findings.get(0).text());
                table.append(fits(findings) && together.find() ? " " + together.group(1) + " together |" : " no |");
            }
            table.append('\n');
        }
        assertThat(Files.readString(PaperRecipesTest.RECIPES.resolve("README.md")))
                .contains(table);
    }

    @Test
    void whatDoesNotFitIsRefusedWithNumbersAndAWayOut() {
        assertThat(findings("math-qwen3-8b", 141))
                .filteredOn(finding -> finding.level() == Finding.Level.PROBLEM)
                .extracting(Finding::text)
                .hasSize(2)
                .allSatisfy(text -> assertThat(text)
                        .contains(" GB: ", "weights ", "optimizer ", "; a device has 141 GB: train an adapter"));
        assertThat(findings("math-olmo3-7b-lora", 24).get(0).text()).contains("not even one sequence of 18432 tokens");
    }

    @Test
    void generalRecipesHoldWhatMathematicsHolds() {
        assertThat(findings("general-olmo3-7b-lora", 80)).isEqualTo(findings("math-olmo3-7b-lora", 80));
        assertThat(findings("general-qwen3-8b", 141)).isEqualTo(findings("math-qwen3-8b", 141));
    }

    @Test
    void aModelThatIsNotThereHasNoPlan() {
        assertThat(DeviceCheck.of(RecipeFile.read(PaperRecipesTest.RECIPES.resolve("math-qwen3-8b.yaml"), null), 80))
                .isEmpty();
    }
}
