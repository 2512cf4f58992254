package dev.tempo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

/** Configs as they are found in the wild. */
class ConfigFileTest {
    private static final String YARN =
            "{\"rope_type\": \"yarn\", \"factor\": 8.0, \"original_max_position_embeddings\": 16, \"rope_theta\": 500000}";
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
        return ModelConfig.read(Files.writeString(directory.resolve("config.json"), config));
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
                "\"dtype\": \"float8_e4m3fn\" | dtype float8_e4m3fn is not supported; supported: float32, float16, bfloat16",
                "\"quantization_config\": {\"bits\": 4} | quantization_config: quantized weights are not supported",
                "\"architectures\": [\"Qwen3ForSequenceClassification\"] | architectures Qwen3ForSequenceClassification is not supported; supported: Qwen3ForCausalLM",
                "\"layer_types\": [\"full_attention\"] | layer_types must have num_hidden_layers 2 entries",
                "\"layer_types\": [\"full_attention\", \"linear_attention\"] | layer_types may hold full_attention and sliding_attention only",
                "\"layer_types\": [\"full_attention\", \"sliding_attention\"] | sliding_window must be a whole number, but is missing",
                "\"use_sliding_window\": false, \"layer_types\": [\"full_attention\", \"sliding_attention\"] | layer_types may not slide where use_sliding_window is false",
                "\"rope_parameters\": {\"rope_type\": \"longrope\"} | rope_parameters.rope_type longrope is not supported; supported: default, yarn",
                "\"rope_scaling\": {\"rope_type\": \"yarn\"} | rope_scaling.factor must be a number, but is missing",
                "\"rope_parameters\": {\"sliding_attention\": {}} | rope_parameters.full_attention must be an object, but is missing",
                "\"partial_rotary_factor\": 0.5 | partial_rotary_factor must be 1"
            })
    void whatIsNotSupportedIsNamed(String field, String message) {
        assertThatThrownBy(() -> read("qwen3", 2, ", \"rope_theta\": 10000, " + field))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(directory.resolve("config.json").toString())
                .hasMessageContaining(message);
    }

    @Test
    void aConfigWithoutAnyRopeThetaSaysSo() {
        assertThatThrownBy(() -> read("olmo3", 4, ", \"sliding_window\": 8"))
                .hasMessageContaining("rope_theta must be a number, but is missing");
    }
}
