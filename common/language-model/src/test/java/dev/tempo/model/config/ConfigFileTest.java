package dev.tempo.model.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.model.LayerAttention;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.Rope;
import dev.tempo.model.device.MachineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of config.json files as they are published. */
class ConfigFileTest {
    private static final String YARN =
            "{\"rope_type\": \"yarn\", \"factor\": 8.0, \"original_max_position_embeddings\": 16, \"rope_theta\":"
                    + " 500000}";
    private static final Rope STRETCHED =
            new Rope(5e5, new Rope.Yarn(8, 16, Rope.Yarn.attentionFactor(8), 32, 1, true));
    private static final LayerAttention SLIDING = LayerAttention.sliding(8, Rope.plain(5e5));
    private static final List<LayerAttention> OLMO =
            List.of(SLIDING, SLIDING, SLIDING, LayerAttention.full(STRETCHED), SLIDING);

    @TempDir
    Path directory;

    private ModelConfig read(String modelType, int layers, String more) throws IOException {
        String config = "{\"model_type\": \"" + modelType + "\", \"hidden_size\": 64, \"num_attention_heads\": 4,"
                + "\"intermediate_size\": 96, \"rms_norm_eps\": 1e-06, \"vocab_size\": 100, \"eos_token_id\": 1,"
                + "\"max_position_embeddings\": 64, \"num_hidden_layers\": " + layers + more + "}";
        return ConfigFile.read(Files.writeString(directory.resolve("config.json"), config));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ", \"rope_theta\": 500000, \"rope_scaling\": " + YARN,
                ", \"rope_theta\": 500000, \"rope_scaling\": {\"type\": \"yarn\", \"factor\": 8,"
                        + " \"original_max_position_embeddings\": 16, \"beta_fast\": 32.0}",
                ", \"rope_parameters\": " + YARN,
                ", \"rope_parameters\": {\"full_attention\": " + YARN
                        + ", \"sliding_attention\": {\"rope_theta\": 500000, \"rope_type\": \"default\"}}"
            })
    void olmosSlidingLayersAreNeverStretched(String rope) throws IOException {
        ModelConfig config = read("olmo3", 5, ", \"sliding_window\": 8, \"num_key_value_heads\": null" + rope);
        assertThat(config.attention()).isEqualTo(OLMO);
        assertThat(config.headDimension()).isEqualTo(16);
        assertThat(config.keyValueHeads()).isEqualTo(4);
        assertThat(config.padTokenId()).isEqualTo(OptionalInt.empty());
        assertThat(config.maxPositions()).isEqualTo(128);
    }

    @Test
    void layerTypesAreFollowedWhereTheyAreGiven() throws IOException {
        ModelConfig config = read(
                "olmo3",
                2,
                ", \"sliding_window\": 8, \"rope_theta\": 500000, \"rope_scaling\": null,"
                        + "\"layer_types\": [\"full_attention\", \"sliding_attention\"]");
        assertThat(config.attention()).containsExactly(LayerAttention.full(Rope.plain(5e5)), SLIDING);
    }

    @Test
    void qwensLayersAreFullUnlessASlidingWindowIsUsed() throws IOException {
        String window = ", \"rope_theta\": 500000, \"sliding_window\": 8, \"max_window_layers\": 1";
        LayerAttention full = LayerAttention.full(Rope.plain(5e5));
        assertThat(read("qwen3", 2, window).attention()).containsExactly(full, full);
        assertThat(read("qwen3", 2, window + ", \"use_sliding_window\": false").attention())
                .containsExactly(full, full);
        assertThat(read("qwen3", 2, window + ", \"use_sliding_window\": true").attention())
                .containsExactly(full, SLIDING);
        assertThat(read("qwen3", 1, ", \"rope_parameters\": " + YARN).attention())
                .containsExactly(LayerAttention.full(STRETCHED));
    }

    @Test
    void deepSeeksScalesGiveTheirRatio() throws IOException {
        String scales = YARN.replace("}", ", \"mscale\": 1.0, \"mscale_all_dim\": 0.5, \"truncate\": false}");
        Rope rope = read("qwen3", 1, ", \"rope_scaling\": " + scales)
                .attention()
                .get(0)
                .rope();
        double ratio = Rope.Yarn.attentionFactor(8) / (0.05 * Math.log(8) + 1);
        assertThat(rope).isEqualTo(new Rope(5e5, new Rope.Yarn(8, 16, ratio, 32, 1, false)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"dtype\": \"bfloat16\"",
                "\"torch_dtype\": \"torch.float16\"",
                "\"dtype\": null, \"torch_dtype\": \"float32\""
            })
    void typesHaveTwoNames(String type) throws IOException {
        assertThat(read("qwen3", 1, ", \"rope_theta\": 10000, " + type).layers())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"dtype\": \"float8_e4m3fn\" | dtype float8_e4m3fn is not supported; supported: float32, float16,"
                        + " bfloat16",
                "\"quantization_config\": {\"bits\": 4} | quantization_config: quantized weights are not supported",
                "\"architectures\": [\"Qwen3ForSequenceClassification\"] | architectures"
                        + " Qwen3ForSequenceClassification is not supported; supported: Qwen3ForCausalLM",
                "\"layer_types\": [\"full_attention\"] | layer_types must have num_hidden_layers 2 entries",
                "\"layer_types\": [\"full_attention\", \"linear_attention\"] | layer_types may hold full_attention and"
                        + " sliding_attention only",
                "\"layer_types\": [\"full_attention\", \"sliding_attention\"] | sliding_window must be a whole number,"
                        + " but is missing",
                "\"use_sliding_window\": false, \"layer_types\": [\"full_attention\", \"sliding_attention\"] |"
                        + " layer_types may not slide where use_sliding_window is false",
                "\"rope_parameters\": {\"rope_type\": \"longrope\"} | rope_parameters.rope_type longrope is not"
                        + " supported; supported: default, yarn",
                "\"rope_scaling\": {\"rope_type\": \"yarn\"} | rope_scaling.factor must be a number, but is missing",
                "\"rope_parameters\": {\"sliding_attention\": {}} | rope_parameters.full_attention must be an object,"
                        + " but is missing",
                "\"partial_rotary_factor\": 0.5 | partial_rotary_factor must be 1"
            })
    void whatIsNotSupportedIsNamed(String field, String message) {
        assertThatThrownBy(() -> read("qwen3", 2, ", \"rope_theta\": 10000, " + field))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(directory.resolve("config.json").toString())
                .hasMessageContaining(message);
    }

    @Test
    void moreLayersThanAnyModelHasAndMoreWeightsThanCanBeCountedAreRefused() {
        assertThatThrownBy(() -> read("qwen3", 1_001, ", \"rope_theta\": 10000"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("config.json: num_hidden_layers must be at most 1000, but is 1001");
        String most = Integer.toString(Integer.MAX_VALUE);
        assertThatThrownBy(() -> read(
                        "qwen3",
                        1,
                        ", \"rope_theta\": 10000, \"head_dim\": 2147483646, \"num_attention_heads\": " + most
                                + ", \"num_key_value_heads\": " + most))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("config.json: its sizes make more weights than can be counted: hidden_size ");
    }

    @Test
    void aConfigWithoutAnyRopeThetaSaysSo() {
        assertThatThrownBy(() -> read("olmo3", 4, ", \"sliding_window\": 8"))
                .hasMessageContaining("rope_theta must be a number, but is missing");
    }

    /**
     * The rotary positions that transformers 5.24 uses if both spellings are given and rope_scaling or the config names a
     * theta.
     */
    @Test
    void ropeScalingWinsOverRopeParameters() throws IOException {
        String parameters = ", \"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 12345}";
        LayerAttention stretched = LayerAttention.full(STRETCHED);
        assertThat(read("qwen3", 1, parameters + ", \"rope_scaling\": " + YARN).attention())
                .containsExactly(stretched);
        String withoutTheta = YARN.replace(", \"rope_theta\": 500000", "");
        assertThat(read("qwen3", 1, parameters + ", \"rope_theta\": 500000, \"rope_scaling\": " + withoutTheta)
                        .attention())
                .containsExactly(stretched);
        for (String nothing : List.of("null", "{}")) {
            assertThat(read("qwen3", 1, parameters + ", \"rope_scaling\": " + nothing)
                            .attention())
                    .containsExactly(LayerAttention.full(Rope.plain(12345)));
        }
        assertThat(read("qwen3", 1, ", \"rope_parameters\": " + YARN + ", \"rope_scaling\": " + YARN)
                        .attention())
                .containsExactly(stretched);
        assertThatThrownBy(() -> read("qwen3", 1, parameters + ", \"rope_scaling\": " + withoutTheta))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("config.json: rope_scaling stands beside rope_parameters");
        assertThatThrownBy(() -> read("olmo3", 1, parameters + ", \"sliding_window\": 8, \"rope_scaling\": " + YARN))
                .hasMessageContaining("rope_scaling stands beside rope_parameters");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"residual_multiplier\": 0.5 | has residual_multiplier, which is not understood",
                "\"residual_multiplier\": 0.5, \"num_experts\": 8 | has residual_multiplier, num_experts, which",
                "\"original_max_position_embeddings\": 64 | has original_max_position_embeddings, which",
                "\"auto_map\": {\"AutoModelForCausalLM\": \"mine.Model\"} | has auto_map, which",
                "\"suppress_tokens\": [1] | suppress_tokens [1] is not supported",
                "\"is_encoder_decoder\": true | is_encoder_decoder true is not supported",
                "\"rope_scaling\": {\"type\": \"yarn\", \"factor\": 2, \"extra\": 1} | has rope_scaling.extra, which",
                "\"rope_scaling\": {\"type\": \"default\", \"factor\": 2} | has rope_scaling.factor, which",
                "\"rope_scaling\": {\"factor\": 2} | has rope_scaling.factor, which",
                "\"rope_scaling\": {\"type\": \"yarn\", \"factor\": 1e-300} | YaRN's factor 1.0E-300 is not supported;"
                        + " it must be at least 1",
                "\"rope_scaling\": \"yarn\" | rope_scaling must be an object, but is \"yarn\"",
                "\"rope_parameters\": {\"full_attention\": {}, \"chunked_attention\": {\"rope_theta\": 1}} | has"
                        + " rope_parameters.chunked_attention, which",
                "\"tie_word_embeddings\": \"true\" | tie_word_embeddings must be true or false, but is \"true\"",
                "\"attention_bias\": 1 | attention_bias must be true or false, but is 1",
                "\"hidden_act\": 3 | hidden_act must be a text, but is 3",
                "\"architectures\": \"Qwen3ForCausalLM\" | architectures must be a list, but is \"Qwen3ForCausalLM\"",
                "\"layer_types\": \"full_attention\" | layer_types must be a list",
                "\"use_sliding_window\": true, \"max_window_layers\": 0 | sliding_window must be a whole number, but"
                        + " is missing",
                "\"use_sliding_window\": \"yes\" | use_sliding_window must be true or false",
                "\"use_sliding_window\": true, \"sliding_window\": 4, \"max_window_layers\": \"1\" | max_window_layers"
                        + " must be a whole number",
            })
    void whatIsNotUnderstoodIsRefusedByName(String field, String message) {
        assertThatThrownBy(() -> read("qwen3", 2, ", \"rope_theta\": 10000, " + field))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(directory.resolve("config.json").toString())
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"residual_multiplier\": null",
                "\"suppress_tokens\": [], \"repetition_penalty\": 1.0, \"num_beams\": 1, \"diversity_penalty\": 0.0",
                "\"temperature\": 0.6, \"initializer_range\": 0.02, \"id2label\": {\"0\": \"LABEL_0\"}, \"use_cache\":"
                        + " false",
            })
    void whatSaysNothingOrChangesNothingIsAllowed(String field) throws IOException {
        assertThat(read("qwen3", 1, ", \"rope_theta\": 10000, " + field).layers())
                .isEqualTo(1);
    }

    @Test
    void aKeyMayBePassedOverByName() throws IOException {
        String odd = ", \"rope_theta\": 10000, \"odd\": 1, \"rope_scaling\": {\"type\": \"default\", \"odder\": 2}";
        assertThatThrownBy(() -> read("qwen3", 1, odd))
                .hasMessageContaining("set TEMPO_IGNOREDKEYS=rope_scaling.odder");
        System.setProperty(MachineSettings.IGNORED_KEYS, "rope_scaling.odder");
        try {
            assertThatThrownBy(() -> read("qwen3", 1, odd)).hasMessageContaining("set TEMPO_IGNOREDKEYS=odd ");
            System.setProperty(MachineSettings.IGNORED_KEYS, "rope_scaling.odder, odd");
            assertThat(read("qwen3", 1, odd).layers()).isEqualTo(1);
        } finally {
            System.clearProperty(MachineSettings.IGNORED_KEYS);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"repetition_penalty\": 1.05 | repetition_penalty 1.05 is not supported",
                "\"suppress_tokens\": [3] | suppress_tokens [3] is not supported",
                "\"forced_bos_token_id\": 0 | forced_bos_token_id 0 is not supported",
                "\"bad_words_ids\": [[1]] | bad_words_ids [[1]] is not supported",
                "\"num_beams\": 4 | num_beams 4 is not supported",
                "\"stop_strings\": [\"x\"] | stop_strings",
                "\"invented\": 1 | has invented, which is not understood",
                "\"eos_token_id\": \"x\" | eos_token_id must be a whole number or a list of them, but is \"x\"",
                "\"eos_token_id\": [99999] | eos_token_id 99999 lies outside the vocabulary of",
            })
    void whatGenerationWouldDoOtherwiseIsRefused(String field, String message) throws IOException {
        Path generation = Files.writeString(directory.resolve("generation_config.json"), "{" + field + "}");
        assertThatThrownBy(() -> read("qwen3", 1, ", \"rope_theta\": 10000"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(generation.toString())
                .hasMessageContaining(message);
    }
}
