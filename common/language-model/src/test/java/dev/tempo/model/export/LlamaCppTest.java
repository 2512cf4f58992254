package dev.tempo.model.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tempo.fixtures.SharedFiles;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.TinyModel;
import dev.tempo.model.WeightType;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.forward.Measurement;
import dev.tempo.model.forward.Transformer;
import dev.tempo.model.scripts.PeerProcess;
import dev.tempo.model.tokens.Tokenizer;
import dev.tempo.model.training.Pretrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests of GGUF files in llama.cpp itself, where {@code tempo.benchmark.llamacpp} names the folder of its libraries
 * (docs/benchmarks.md says how to get them); skipped otherwise.
 */
class LlamaCppTest {
    private static final int TOKENS = 24;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "qwen3-tied-f32",
                "qwen3-tied-bf16",
                "qwen3-untied-sharded-f32",
                "qwen3-yarn-f32",
                "olmo3-yarn-gqa-f32",
                "olmo3-mha-bf16-sharded",
                "olmo3-plainrope-tied-f32"
            })
    void logitsAndGreedyContinuationsAreOurs(String name) {
        assertSame(
                SharedFiles.at("fixtures/models/" + name),
                new int[][] {{5}, {40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50}});
    }

    @Test
    void aModelOfSingleCharactersWritesWhatItWritesHere() {
        Path model = TinyModel.policy(directory.resolve("model"), 3);
        assertSame(model, new int[][] {TinyModel.ids(4, 13), TinyModel.ids(9, 2)});
        try (PeerProcess llamaCpp = exported(model);
                Tokenizer tokenizer = new ModelDirectory(model).tokenizer()) {
            String text = "badcafe.$nom";
            assertThat(ids(llamaCpp, text)).isEqualTo(tokenizer.encode(text));
            String ids = Arrays.stream(tokenizer.encode(text))
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(" "));
            assertThat(JsonMapper.shared()
                            .readTree(llamaCpp.line("text " + ids))
                            .asString())
                    .isEqualTo(text);
        }
    }

    /** Texts in another of Unicode's forms are left out: llama.cpp does not normalize, which the export says. */
    @ParameterizedTest
    @CsvSource({"qwen3, qwen3, 151936", "olmo3-dolma2, olmo3, 100352"})
    void aPublishedTokenizerGivesEveryReferenceTextItsIds(String name, String family, int vocabulary)
            throws IOException {
        Path source = SharedFiles.at("fixtures/tokenizers/" + name);
        ModelConfig config = new ModelConfig(
                family, 16, 1, 2, 1, 8, 24, 1e-6, 1e4, true, vocabulary, 48, OptionalInt.empty(), List.of(100_257));
        List<String> characters = new ArrayList<>();
        for (int id = 0; id < vocabulary; id++) {
            characters.add(Character.toString(0x10000 + id));
        }
        Path model = directory.resolve("model");
        Pretrainer.initialise(config, characters, 1, model);
        for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
            Files.write(model.resolve(file), Files.readAllBytes(source.resolve(file)));
        }
        try (PeerProcess llamaCpp = exported(model)) {
            int compared = 0;
            for (JsonNode one : JsonMapper.shared()
                    .readTree(source.resolve("reference.json"))
                    .path("cases")) {
                String text = one.path("text").asString();
                if (!text.isEmpty() && Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
                    assertThat(ids(llamaCpp, text))
                            .as(text)
                            .isEqualTo(JsonMapper.shared().treeToValue(one.path("ids"), int[].class));
                    compared++;
                }
            }
            assertThat(compared).isGreaterThan(20);
        }
    }

    private void assertSame(Path model, int[][] prompts) {
        try (PeerProcess llamaCpp = exported(model);
                Transformer transformer = Transformer.load(model, Head.VOCABULARY)) {
            Measurement measurement = new Measurement(transformer);
            for (int[] prompt : prompts) {
                int[] all = Arrays.copyOf(prompt, prompt.length + TOKENS);
                for (int t = prompt.length; t < all.length; t++) {
                    float[][] rows = measurement.logits(Arrays.copyOf(all, t));
                    float[] last = rows[t - 1];
                    for (int id = 0; id < last.length; id++) {
                        all[t] = last[id] > last[all[t]] ? id : all[t];
                    }
                    double[] theirs = llamaCpp.ask("logits " + words(Arrays.copyOf(all, t)));
                    for (int id = 0; id < last.length; id++) {
                        assertThat((double) last[id]).isCloseTo(theirs[id], within(5e-5));
                    }
                }
                double[] continued = llamaCpp.ask("greedy " + TOKENS + " " + words(prompt));
                assertThat(Arrays.stream(continued).mapToInt(id -> (int) id).toArray())
                        .isEqualTo(Arrays.copyOfRange(all, prompt.length, all.length));
            }
            assertThat(Arrays.stream(llamaCpp.ask("ends"))
                            .boxed()
                            .map(Double::intValue)
                            .toList())
                    .containsAll(transformer.config().endTokenIds());
        }
    }

    private PeerProcess exported(Path model) {
        Path file = directory.resolve("model.gguf");
        GgufExport.write(model, file, WeightType.FLOAT32, "a model");
        PeerProcess llamaCpp = PeerProcess.llamaCpp(file);
        assumeTrue(llamaCpp.isThere(), "llama.cpp is read with where its libraries are");
        return llamaCpp;
    }

    private static int[] ids(PeerProcess llamaCpp, String text) {
        return Arrays.stream(llamaCpp.ask("tokens " + JsonMapper.shared().writeValueAsString(text)))
                .mapToInt(id -> (int) id)
                .toArray();
    }

    private static String words(int[] ids) {
        return Arrays.stream(ids).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }
}
