package dev.tempo.conformance.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tempo.conformance.formula.CaseResult;
import dev.tempo.fixtures.SharedFiles;
import dev.tempo.model.LayerAttention;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.config.ConfigFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Numbers that the reference classes of Hugging Face's transformers and the experiment's prototype gave. */
class SharedModelsTest {
    @ParameterizedTest
    @CsvSource({"fixtures/models, 7, 250", "prototype, 6, 70"})
    void everyReferenceIsMet(String folder, int references, int cases) throws IOException {
        int checked = 0;
        List<Path> files;
        try (Stream<Path> all = Files.walk(SharedFiles.at(folder))) {
            files = all.filter(file -> file.endsWith("reference.json")).sorted().toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(references).allMatch(ReferenceNumbers::recognises);
        for (Path file : files) {
            List<CaseResult> results = ReferenceNumbers.check(file);
            checked += results.size();
            assertThat(results)
                    .as(file.toString())
                    .isNotEmpty()
                    .allSatisfy(result -> assertThat(result.status()).isEqualTo(CaseResult.Status.PASSED));
        }
        assertThat(checked).isGreaterThan(cases);
    }

    @Test
    void realModelsConfigsGiveTheirParameterCountsAndFrequencies() throws IOException {
        Path folder = SharedFiles.at("fixtures/hub-configs");
        JsonNode expected = JsonMapper.shared().readTree(Files.readAllBytes(folder.resolve("expected.json")));
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> configs = files.filter(file -> file.toString().endsWith(".config.json"))
                    .toList();
            assertThat(configs).hasSizeGreaterThanOrEqualTo(7);
            for (Path file : configs) {
                String name = file.getFileName().toString().replaceAll("(\\.v5-[a-z_-]+)?\\.config\\.json", "");
                assertConfig(ConfigFile.read(file), expected.path(name), name);
            }
        }
    }

    private static void assertConfig(ModelConfig config, JsonNode expected, String name) {
        assertThat(config.parameters())
                .as(name)
                .isEqualTo(expected.path("parameters_tied_counted_once").asLong());
        assertThat(config.headDimension()).isEqualTo(expected.path("head_dim").asInt());
        for (LayerAttention kind : config.attentionKinds()) {
            String type = expected.has("all_layers")
                    ? "all_layers"
                    : kind.window().isPresent() ? "sliding_attention" : "full_attention";
            JsonNode rope = expected.path(type);
            assertThat(kind.rope().attentionFactor())
                    .isCloseTo(rope.path("attention_scaling").asDouble(), within(1e-9));
            double[] frequencies = kind.rope().inverseFrequencies(config.headDimension());
            assertThat(frequencies).hasSize(rope.path("inv_freq").size());
            for (int j = 0; j < frequencies.length; j++) {
                double reference = rope.path("inv_freq").get(j).asDouble();
                assertThat(frequencies[j])
                        .as("%s %s[%d]", name, type, j)
                        .isCloseTo(reference, within(2e-6 * reference));
            }
        }
        if (config.modelType().equals("olmo3")) {
            assertThat(config.attention())
                    .extracting(layer -> layer.window().orElse(0))
                    .startsWith(4096, 4096, 4096, 0, 4096);
            assertThat(config.maxPositions()).isEqualTo(65536);
        }
        assertThat(Map.of("qwen3", 151_936, "olmo3", 100_278))
                .containsEntry(config.modelType(), config.vocabularySize());
    }
}
