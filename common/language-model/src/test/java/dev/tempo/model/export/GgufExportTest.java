package dev.tempo.model.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tempo.contract.recipe.LowRank;
import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.fixtures.SharedFiles;
import dev.tempo.model.Head;
import dev.tempo.model.LayerAttention;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.Rope;
import dev.tempo.model.Sequence;
import dev.tempo.model.TinyModel;
import dev.tempo.model.WeightType;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.files.DurableFile;
import dev.tempo.model.files.TensorFile;
import dev.tempo.model.files.TensorWriter;
import dev.tempo.model.scripts.PeerProcess;
import dev.tempo.model.training.PolicyMiniBatch;
import dev.tempo.model.training.PolicyTrainer;
import dev.tempo.model.training.Pretrainer;
import dev.tempo.model.training.TrainingBenchmark;
import dev.tempo.model.training.TrainingMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of GGUF files against the format's description; {@link LlamaCppTest} has llama.cpp itself read them. */
class GgufExportTest {
    private static final Rope PLAIN = Rope.plain(1e4);
    private static final Rope STRETCHED = new Rope(1e4, new Rope.Yarn(4, 16, 1.1, 32, 1, true));

    @TempDir
    Path directory;

    /** Written down by hand from the description: magic, version, counts; each value; the tensors' places; 32-byte steps. */
    @Test
    void theBytesOfAFileAreThoseOfTheFormat() throws IOException {
        GgufHeader header = new GgufHeader();
        header.text("a", "hé");
        header.number("b", 258);
        header.real("c", 1.5);
        header.flag("d", true);
        header.texts("e", List.of("x", ""));
        header.numbers("f", List.of(-1, 3));
        header.flags("g", List.of(false, true));
        Path file = directory.resolve("small.gguf");
        GgufWriter.write(
                file,
                header,
                List.of(
                        TensorWriter.Tensor.of(
                                "t",
                                List.of(1L, 3L),
                                () -> DurableFile.littleEndian(12)
                                        .putFloat(1)
                                        .putFloat(2)
                                        .putFloat(3)
                                        .flip()),
                        TensorWriter.Tensor.of(
                                "u",
                                List.of(1L),
                                () -> DurableFile.littleEndian(4).putFloat(-2).flip())));
        String expected = "47475546 03000000 0200000000000000 0700000000000000"
                + "0100000000000000 61 08000000 0300000000000000 68c3a9"
                + "0100000000000000 62 04000000 02010000"
                + "0100000000000000 63 06000000 0000c03f"
                + "0100000000000000 64 07000000 01"
                + "0100000000000000 65 09000000 08000000 0200000000000000 0100000000000000 78 0000000000000000"
                + "0100000000000000 66 09000000 05000000 0200000000000000 ffffffff 03000000"
                + "0100000000000000 67 09000000 07000000 0200000000000000 00 01"
                + "0100000000000000 74 02000000 0300000000000000 0100000000000000 00000000 0000000000000000"
                + "0100000000000000 75 01000000 0100000000000000 00000000 2000000000000000";
        String head = expected.replace(" ", "");
        int length = head.length() / 2;
        String data = "00".repeat((32 - length % 32) % 32) + "0000803f0000004000004040" + "00".repeat(20) + "000000c0"
                + "00".repeat(28);
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(file))).isEqualTo(head + data);
    }

    @Test
    void everyTensorOfAModelHasItsNumbersUnderLlamaCppsName() throws IOException {
        Path model = TinyModel.policy(directory.resolve("model"), 3);
        GgufFile written = written(model, WeightType.FLOAT32);
        assertThat(written.tensors())
                .hasSize(2 + 2 * 11)
                .containsKeys(
                        "token_embd.weight", "output_norm.weight", "blk.1.attn_norm.weight", "blk.1.ffn_norm.weight");
        assertSame(written, "token_embd.weight", model, "model.embed_tokens.weight", 17, 20);
        assertSame(written, "blk.1.attn_q.weight", model, "model.layers.1.self_attn.q_proj.weight", 36, 20);
        assertSame(written, "blk.0.attn_k_norm.weight", model, "model.layers.0.self_attn.k_norm.weight", 6);
        assertSame(written, "blk.0.ffn_down.weight", model, "model.layers.0.mlp.down_proj.weight", 20, 27);
        assertThat(written.values())
                .containsEntry("general.architecture", "qwen3")
                .containsEntry("general.file_type", 0)
                .containsEntry("qwen3.block_count", 2)
                .containsEntry("qwen3.embedding_length", 20)
                .containsEntry("qwen3.attention.head_count_kv", 2)
                .containsEntry("qwen3.attention.key_length", 6)
                .containsEntry("qwen3.rope.freq_base", 1e4f)
                .containsEntry("qwen3.rope.scaling.type", "none")
                .containsEntry("tokenizer.ggml.eos_token_id", TinyModel.END)
                .containsEntry("tokenizer.ggml.padding_token_id", TinyModel.PAD)
                .containsEntry("tokenizer.ggml.add_bos_token", false);
    }

    private static void assertSame(GgufFile written, String name, Path model, String source, long... shape) {
        List<Long> sizes = Arrays.stream(shape).boxed().toList();
        List<Long> reversed = new ArrayList<>(sizes);
        Collections.reverse(reversed);
        assertThat(written.tensor(name).dimensions()).isEqualTo(reversed);
        assertThat(written.numbers(name))
                .isEqualTo(TensorFile.open(model.resolve("model.safetensors"))
                        .find(source, sizes)
                        .toFloatArray());
    }

    @Test
    void anAdapterIsMergedIntoItsBase() throws IOException {
        Path base = TinyModel.policy(directory.resolve("base"), 3);
        Path adapter = directory.resolve("adapter");
        TrainingMethod method = new TrainingMethod(new LowRank(3, 6, LowRank.PROJECTIONS), 50, false);
        try (PolicyTrainer trainer = PolicyTrainer.start(base, Optimizer.of(1e-2), method, 1)) {
            for (int step = 0; step < 2; step++) {
                trainer.step(
                        new PolicyMiniBatch(
                                List.of(Sequence.of(new int[] {3}, new int[] {4, 5})),
                                List.of(new float[] {-2, -2}),
                                List.of(new float[] {1, -1}),
                                List.of()),
                        TrainingBenchmark.LOSS);
            }
            trainer.save(adapter);
        }
        Path merged = directory.resolve("merged");
        ModelExport.write(adapter, merged, WeightType.FLOAT32);
        GgufFile written = written(adapter, WeightType.FLOAT32);
        assertSame(written, "blk.1.attn_v.weight", merged, "model.layers.1.self_attn.v_proj.weight", 12, 20);
        assertSame(written, "blk.0.ffn_norm.weight", merged, "model.layers.0.post_attention_layernorm.weight", 20);
        assertThat(written.numbers("blk.1.attn_v.weight"))
                .isNotEqualTo(written(base, WeightType.FLOAT32).numbers("blk.1.attn_v.weight"));
    }

    /** Opt-in: where {@code tempo.benchmark.python} names a Python that has the package gguf. */
    @Test
    void llamaCppsOwnPackageReadsTheSame() throws IOException {
        Path model = TinyModel.policy(directory.resolve("model"), 3);
        GgufFile read = written(model, WeightType.FLOAT32);
        try (PeerProcess peer = PeerProcess.ggufPackage(directory.resolve(WeightType.FLOAT32 + ".gguf"))) {
            assumeTrue(peer.isThere(), "Python's package gguf");
            for (String key : read.values().keySet()) {
                JsonNode found = JsonMapper.shared().readTree(peer.line("value " + key));
                Object value = read.values().get(key);
                assertThat(value instanceof Float ? (Object) (float) found.asDouble() : found)
                        .as(key)
                        .isEqualTo(
                                value instanceof Float
                                        ? value
                                        : JsonMapper.shared().valueToTree(value));
            }
            for (String name : read.tensors().keySet()) {
                double[] found = peer.ask("tensor " + name);
                float[] expected = read.numbers(name);
                assertThat(found).as(name).hasSize(expected.length);
                for (int i = 0; i < found.length; i++) {
                    assertThat((float) found[i]).isEqualTo(expected[i]);
                }
            }
        }
    }

    @Test
    void otherTypesRoundMatricesAndLeaveNormsExact() throws IOException {
        Path model = TinyModel.policy(directory.resolve("model"), 3);
        GgufFile exact = written(model, WeightType.FLOAT32);
        GgufFile rounded = written(model, WeightType.BFLOAT16);
        assertThat(rounded.values()).containsEntry("general.file_type", 32);
        assertThat(rounded.numbers("output_norm.weight")).isEqualTo(exact.numbers("output_norm.weight"));
        float[] numbers = exact.numbers("blk.1.ffn_up.weight");
        assertThat(rounded.numbers("blk.1.ffn_up.weight")).isNotEqualTo(numbers);
        for (int i = 0; i < numbers.length; i++) {
            assertThat(rounded.numbers("blk.1.ffn_up.weight")[i])
                    .isCloseTo(numbers[i], within(Math.abs(numbers[i]) / 256));
        }
        GgufFile half = written(model, WeightType.FLOAT16);
        assertThat(half.values()).containsEntry("general.file_type", 1);
        assertThat(half.tensor("blk.1.ffn_up.weight").type()).isEqualTo(1);
        assertThat(half.tensor("blk.1.ffn_norm.weight").type()).isZero();
    }

    @Test
    void windowsAndYarnOfAnOlmoModelStandInItsFile() throws IOException {
        LayerAttention sliding = LayerAttention.sliding(4, PLAIN);
        Path model = TinyModel.write(
                directory.resolve("model"),
                olmo(List.of(sliding, LayerAttention.full(STRETCHED), sliding)),
                Head.VOCABULARY,
                3);
        GgufFile written = written(model, WeightType.FLOAT32);
        assertThat(written.values())
                .containsEntry("general.architecture", "olmo2")
                .containsEntry("olmo2.attention.sliding_window", 4)
                .containsEntry("olmo2.attention.sliding_window_pattern", List.of(true, false, true))
                .containsEntry("olmo2.rope.scaling.type", "yarn")
                .containsEntry("olmo2.rope.scaling.factor", 4f)
                .containsEntry("olmo2.rope.scaling.original_context_length", 16)
                .containsEntry("olmo2.rope.scaling.attn_factor", (float) (1.1 / (1 + .1 * Math.log(4))));
        assertThat(written.tensors()).containsKeys("blk.2.post_attention_norm.weight", "blk.2.post_ffw_norm.weight");
        // llama.cpp cannot tie the two there.
        assertThat(written.numbers("output.weight")).isEqualTo(written.numbers("token_embd.weight"));
    }

    private static ModelConfig olmo(List<LayerAttention> attention) {
        return like("olmo3", 36, attention);
    }

    private static ModelConfig like(String family, int hidden, List<LayerAttention> attention) {
        return new ModelConfig(
                family,
                hidden,
                attention.size(),
                6,
                2,
                6,
                27,
                1e-6,
                attention,
                true,
                TinyModel.CHARACTERS.length(),
                80,
                OptionalInt.of(TinyModel.PAD),
                List.of(TinyModel.END));
    }

    @Test
    void attentionThatLlamaCppCannotComputeIsRefusedByName() {
        LayerAttention full = LayerAttention.full(PLAIN);
        LayerAttention sliding = LayerAttention.sliding(4, PLAIN);
        Rope untruncated = new Rope(1e4, new Rope.Yarn(4, 16, 1.1, 32, 1, false));
        assertRefused(like("qwen3", 20, List.of(full, sliding)), "sliding windows in a Qwen3 model");
        assertRefused(like("olmo3", 20, List.of(full, sliding)), "head_dim 6");
        assertRefused(olmo(List.of(sliding, LayerAttention.sliding(5, PLAIN))), "of different sizes, here [4, 5]");
        assertRefused(olmo(List.of(LayerAttention.full(untruncated))), "truncate false");
        assertRefused(olmo(List.of(full, LayerAttention.sliding(4, STRETCHED))), "differ from layer to layer");
        assertRefused(olmo(List.of(full, LayerAttention.full(STRETCHED))), "differ from layer to layer");
    }

    private static void assertRefused(ModelConfig config, String words) {
        assertThatThrownBy(() -> GgufFamily.of(config))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("llama.cpp")
                .hasMessageContaining(words);
    }

    @Test
    void aCriticIsRefused() {
        Path critic = TinyModel.critic(directory.resolve("critic"), 3);
        Path file = directory.resolve("critic.gguf");
        assertThatThrownBy(() -> GgufExport.write(critic, file, WeightType.FLOAT32, "critic"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("value head");
        assertThat(file).doesNotExist();
    }

    @Test
    void charactersOfSeveralBytesAreMergedFromTheirBytes() throws IOException {
        ModelConfig config =
                new ModelConfig("qwen3", 16, 1, 2, 1, 8, 24, 1e-6, 1e4, true, 5, 48, OptionalInt.of(0), List.of(1));
        Path model = directory.resolve("model");
        Pretrainer.initialise(config, List.of(".", "$", " ", "é", "日"), 1, model);
        GgufFile written = written(model, WeightType.FLOAT32);
        assertThat(written.values())
                .containsEntry("tokenizer.ggml.model", "gpt2")
                .containsEntry("tokenizer.ggml.tokens", List.of(".", "$", "Ġ", "Ã©", "æĹ¥"))
                .containsEntry("tokenizer.ggml.token_type", List.of(3, 3, 1, 1, 1))
                .containsEntry("tokenizer.ggml.merges", List.of("Ã ©", "æ Ĺ", "æĹ ¥"));
    }

    @ParameterizedTest
    @CsvSource({"qwen3-tied-f32, qwen2", "olmo3-yarn-gqa-f32, dbrx"})
    void aByteLevelTokenizerKeepsItsMergesAndTheKindsOfItsTokens(String name, String splitting) throws IOException {
        Path model = SharedFiles.at("fixtures/models/" + name);
        GgufFile written = written(model, WeightType.FLOAT32);
        assertThat(written.values()).containsEntry("tokenizer.ggml.pre", splitting);
        assertThat(written.value("tokenizer.ggml.merges")).asList().hasSize(177);
        List<?> tokens = (List<?>) written.value("tokenizer.ggml.tokens");
        List<?> types = (List<?>) written.value("tokenizer.ggml.token_type");
        assertThat(tokens).hasSize(512);
        assertThat(types.get(tokens.indexOf("<|im_end|>"))).isEqualTo(3);
        assertThat(types.get(tokens.indexOf("<think>"))).isEqualTo(4);
        assertThat(types.get(5)).isEqualTo(1);
        assertThat((String) written.value("tokenizer.chat_template")).contains("<|im_start|>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"BPE\"; \"Unigram\"; model.type",
                "{N}| ?[^; {N}{2}| ?[^; pre_tokenizer",
                "\"NFC\"; \"Lowercase\"; normalizer",
                "\"byte_fallback\": false; \"byte_fallback\": true; byte_fallback"
            })
    void aTokenizerThatLlamaCppHasNotIsRefusedByField(String from, String to, String field) throws IOException {
        Path original = SharedFiles.at("fixtures/models/qwen3-tied-f32");
        String tokenizer = Files.readString(original.resolve("tokenizer.json"));
        assertThat(tokenizer).contains(from);
        Path file = Files.writeString(directory.resolve("tokenizer.json"), tokenizer.replace(from, to));
        Files.copy(original.resolve("config.json"), directory.resolve("config.json"));
        ModelConfig config = new ModelDirectory(directory).config();
        assertThatThrownBy(() -> new GgufTokenizer(directory, config, new ArrayList<>()).describe(new GgufHeader()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(field);
    }

    private GgufFile written(Path model, WeightType type) throws IOException {
        Path file = directory.resolve(type + ".gguf");
        Files.deleteIfExists(file);
        GgufExport.write(model, file, type, "a model");
        return GgufFile.read(file);
    }
}
