package dev.tempo.model.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.algorithm.rounds.CounterRandom;
import dev.tempo.contract.recipe.LowRank;
import dev.tempo.model.Head;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.Parameter;
import dev.tempo.model.TinyModel;
import dev.tempo.model.WeightType;
import dev.tempo.model.export.ModelExport;
import dev.tempo.model.files.DurableFile;
import dev.tempo.model.files.TensorWriter;
import dev.tempo.model.inference.Policy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of adapters as PEFT and others write them: everything in their files is either applied or refused. */
class AdapterTest {
    private static final int RANK = 2;
    private static final String Q = "base_model.model.model.layers.0.self_attn.q_proj.";

    @TempDir
    Path directory;

    private Path adapter;

    @BeforeEach
    void aBase() throws IOException {
        TinyModel.write(directory.resolve("base"), TinyModel.config(true), Head.VOCABULARY, 5);
        adapter = Files.createDirectory(directory.resolve("adapter"));
    }

    private void config(String targets, String more) throws IOException {
        Files.writeString(
                adapter.resolve("adapter_config.json"),
                "{\"peft_type\": \"LORA\", \"base_model_name_or_path\": \"../base\", \"r\": 2, \"lora_alpha\": 3,"
                        + " \"target_modules\": " + targets + more + "}");
    }

    /**
     * Writes an adapter with matrices of some projections in every layer, whose numbers do not depend on the other
     * projections, and with further tensors.
     */
    private void tensors(List<String> projections, Parameter.Part... more) {
        LowRank settings = new LowRank(RANK, 3, projections);
        List<Parameter.Part> parts = new ArrayList<>();
        AdapterLayout.of(TinyModel.config(true), settings, Head.VOCABULARY)
                .forEach(parameter -> parts.addAll(parameter.parts()));
        parts.addAll(List.of(more));
        List<TensorWriter.Tensor> tensors = new ArrayList<>();
        for (Parameter.Part part : parts) {
            tensors.add(TensorWriter.Tensor.of(part.name(), part.shape(), () -> numbers(part)));
        }
        TensorWriter.write(adapter.resolve(Adapter.WEIGHTS), Map.of("format", "pt"), tensors);
    }

    private static ByteBuffer numbers(Parameter.Part part) {
        ByteBuffer bytes = DurableFile.littleEndian(4 * (int) part.size());
        for (int i = 0; i < part.size(); i++) {
            bytes.putFloat((float) CounterRandom.uniform(part.name().hashCode(), i) / 8);
        }
        return bytes.flip();
    }

    private float[] logProbs() {
        new ModelDirectory(adapter).check();
        try (Policy policy = Policy.load(adapter)) {
            return policy.logProbs(TinyModel.sequences(7, 1)).get(0);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "\"all-linear\" # q_proj,k_proj,v_proj,o_proj,gate_proj,up_proj,down_proj",
                "\"ALL-LINEAR\" # q_proj,k_proj,v_proj,o_proj,gate_proj,up_proj,down_proj",
                "\".*(q|v)_proj\" # q_proj,v_proj",
                "\"model\\\\.layers\\\\.(?P<idx>\\\\d+)\\\\.self_attn\\\\.(q|k)_proj\" # q_proj,k_proj",
                "[\"self_attn.q_proj\", \"mlp.up_proj\"] # q_proj,up_proj",
                "[\"model.layers.0.mlp.up_proj\", \"model.layers.1.mlp.up_proj\"] # up_proj",
                "[\"q_proj\", \"k_proj\"], \"exclude_modules\": [\"k_proj\"] # q_proj",
                "\".*_proj\", \"exclude_modules\": \".*mlp.*\" # q_proj,k_proj,v_proj,o_proj",
                "[\"v_proj\"], \"layers_to_transform\": [0, 1] # v_proj",
                "[\"v_proj\"], \"layers_to_transform\": [1, 0], \"layers_pattern\": [\"layers\"] # v_proj"
            })
    void targetsAreFoundAsPeftFindsThem(String targets, String projections) throws IOException {
        List<String> names = List.of(projections.split(","));
        config(targets, "");
        tensors(names);
        float[] found = logProbs();
        StringBuilder list = new StringBuilder();
        names.forEach(name ->
                list.append(list.isEmpty() ? "[\"" : ", \"").append(name).append('"'));
        config(list + "]", "");
        assertThat(found).isEqualTo(logProbs());
        try (Policy base = Policy.load(directory.resolve("base"))) {
            assertThat(found)
                    .isNotEqualTo(base.logProbs(TinyModel.sequences(7, 1)).get(0));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\".*self_attn.(q_proj\" | is the text '.*self_attn.(q_proj', which is neither all-linear nor a regular expression",
                "\"q_proj\" | target_modules \"q_proj\" names no module of this model",
                "\".*embed.*\" | target_modules \".*embed.*\" reaches model.embed_tokens, but only a layer's projections",
                "[\"q_proj\", \"lm_head\"] | reaches lm_head, but only a layer's projections",
                "[\"q_proj\", \"query\"] | has 'query', which is none of a layer's projections",
                "[\"model.layers.1.self_attn.q_proj\"] | adapts q_proj in 1 of 2 layers",
                "\"model.layers.1..*_proj\" | adapts q_proj in 1 of 2 layers",
                "[] | names no module of this model",
                "null | target_modules must be a list of module names, a regular expression",
                "3 | target_modules must be a list of module names, a regular expression",
                "[\"q_proj\"], \"exclude_modules\": [\"q_proj\"] | names no module",
                "[\"q_proj\"], \"exclude_modules\": \"(\" | exclude_modules is the text '('",
                "[\"q_proj\"], \"layers_to_transform\": 1 | adapts q_proj in 1 of 2 layers",
                "[\"q_proj\"], \"layers_to_transform\": [0] | adapts q_proj in 1 of 2 layers",
                "[\"q_proj\"], \"layers_to_transform\": [\"0\"] | layers_to_transform must be a whole number or a list",
                "[\"q_proj\"], \"layers_to_transform\": [0, 1], \"layers_pattern\": \"h\" | layers_to_transform is supported with",
                "[\"q_proj\"], \"layers_pattern\": \"layers\" | layers_pattern says nothing without layers_to_transform"
            })
    void targetsThatCannotBeAdaptedAreNamed(String targets, String message) throws IOException {
        config(targets, "");
        tensors(List.of("q_proj"));
        assertRefused("adapter_config.json", message);
    }

    private void assertRefused(String file, String message) {
        for (Runnable use : List.<Runnable>of(
                () -> Policy.load(adapter).close(),
                () -> new ModelDirectory(adapter).check(),
                () -> ModelExport.write(adapter, directory.resolve("merged"), WeightType.FLOAT32),
                () -> ModelExport.writeAdapter(adapter, directory.resolve("copy"), WeightType.FLOAT32))) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageStartingWith(adapter.resolve(file).toString())
                    .hasMessageContaining(message);
        }
        assertThat(directory.resolve("merged")).doesNotExist();
        assertThat(directory.resolve("copy")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"peft_type\": \"LOHA\" | peft_type \"LOHA\" is not supported; supported: LORA",
                "\"task_type\": \"SEQ_CLS\" | task_type \"SEQ_CLS\" is not supported",
                "\"bias\": \"lora_only\" | bias \"lora_only\" is not supported; supported: none",
                "\"use_dora\": true | use_dora true is not supported. Merge the adapter",
                "\"use_rslora\": true | use_rslora true is not supported",
                "\"fan_in_fan_out\": true | fan_in_fan_out true",
                "\"lora_bias\": true | lora_bias true",
                "\"rank_pattern\": {\"q_proj\": 4} | rank_pattern {\"q_proj\":4}",
                "\"alpha_pattern\": {\"q_proj\": 4} | alpha_pattern",
                "\"layer_replication\": [[0, 2], [1, 2]] | layer_replication",
                "\"modules_to_save\": [\"lm_head\"] | modules_to_save [\"lm_head\"] is not supported",
                "\"modules_to_save\": [\"value_head\", \"embed_tokens\"] | modules_to_save",
                "\"modules_to_save\": \"lm_head\" | modules_to_save must be a list, but is \"lm_head\"",
                "\"trainable_token_indices\": [1, 2] | trainable_token_indices [1,2] is not supported",
                "\"trainable_token_indices\": {\"embed_tokens\": [1]} | trainable_token_indices",
                "\"target_parameters\": [\"mlp.experts\"] | target_parameters",
                "\"init_lora_weights\": \"pissa\" | init_lora_weights \"pissa\" is not supported",
                "\"init_lora_weights\": \"pissa_niter_4\" | init_lora_weights",
                "\"init_lora_weights\": \"olora\" | init_lora_weights",
                "\"init_lora_weights\": \"corda\" | init_lora_weights",
                "\"init_lora_weights\": \"loftq\" | init_lora_weights",
                "\"loftq_config\": {\"loftq_bits\": 4} | loftq_config",
                "\"corda_config\": {\"corda_method\": \"ipm\"} | corda_config",
                "\"megatron_config\": {\"hidden_size\": 4} | megatron_config",
                "\"use_qalora\": true | use_qalora",
                "\"alora_invocation_tokens\": [1] | alora_invocation_tokens",
                "\"arrow_config\": {\"top_k\": 1} | arrow_config",
                "\"use_bdlora\": {\"nblocks\": 2} | use_bdlora",
                "\"invented\": 1 | has invented, which is not understood"
            })
    void whatAsksForAnotherKindOfAdapterIsRefusedByName(String field, String message) throws IOException {
        config("[\"q_proj\"]", ", " + field);
        tensors(List.of("q_proj"));
        assertRefused("adapter_config.json", message);
    }

    /** The adapter_config.json that PEFT 0.21.2 writes for a plain LoRA adapter, with all its keys. */
    @Test
    void whatPeftWritesOfAPlainAdapterIsUnderstood() throws IOException {
        config("[\"q_proj\"]", """
                , "task_type": "CAUSAL_LM", "peft_version": "0.21.2", "revision": null, "inference_mode": true,
                "auto_mapping": {"base_model_class": "Qwen3ForCausalLM", "parent_library": "transformers"},
                "alora_invocation_tokens": null, "alpha_pattern": {}, "arrow_config": null, "bias": "none", "corda_config": null,
                "ensure_weight_tying": false, "eva_config": null, "exclude_modules": null, "fan_in_fan_out": false,
                "init_lora_weights": "gaussian", "kasa_config": null, "layer_replication": null, "layers_pattern": null,
                "layers_to_transform": null, "loftq_config": {}, "lora_bias": false, "lora_dropout": 0.05,
                "lora_ga_config": null, "megatron_config": null, "megatron_core": "megatron.core",
                "modules_to_save": null, "monteclora_config": null, "qalora_group_size": 16, "rank_pattern": {},
                "target_parameters": null, "trainable_token_indices": null, "use_bdlora": null, "use_dora": false,
                "use_qalora": false, "use_rslora": false, "velora_config": null
                """);
        tensors(List.of("q_proj"));
        assertThat(logProbs()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "base_model.model.lm_head.weight",
                "base_model.model.model.embed_tokens.weight",
                "base_model.model.model.embed_tokens.token_adapter.trainable_tokens_delta",
                "base_model.model.model.embed_tokens.lora_embedding_A",
                Q + "lora_magnitude_vector",
                Q + "bias",
                "base_model.model.model.norm.weight"
            })
    void aTensorThatNothingTakesIsRefused(String name) throws IOException {
        config("[\"q_proj\"]", "");
        tensors(List.of("q_proj"), Parameter.Part.of(name, 17, 20));
        assertRefused(Adapter.WEIGHTS, "has tensor " + name + ", which is no matrix of a plain LoRA adapter");
    }

    @Test
    void matricesThatNoTargetNamesAreRefused() throws IOException {
        config("[\"q_proj\"]", "");
        tensors(List.of("q_proj", "k_proj"));
        assertRefused(
                Adapter.WEIGHTS,
                "has tensor base_model.model.model.layers.0.self_attn.k_proj.lora_A.weight, which belongs to no module that"
                        + " adapter_config.json targets: [q_proj] in 2 layers");
        config("[\"q_proj\", \"k_proj\"]", "");
        tensors(List.of("q_proj"));
        assertRefused(Adapter.WEIGHTS, "has no tensor base_model.model.model.layers.0.self_attn.k_proj.lora_A.weight");
        config("[\"q_proj\"]", "");
        tensors(
                List.of("q_proj"),
                Parameter.Part.of("base_model.model.model.layers.2.self_attn.q_proj.lora_A.weight", RANK, 20));
        assertRefused(Adapter.WEIGHTS, "layers.2.self_attn.q_proj.lora_A.weight, which belongs to no module");
        tensors(List.of("q_proj"), Parameter.Part.of(AdapterLayout.PREFIX + ModelLayout.VALUE_WEIGHT, 1, 20));
        assertThatThrownBy(() -> new ModelDirectory(adapter).check())
                .hasMessageContaining("has no tensor base_model.model.value_head.bias");
    }

    @Test
    void aTokenizerOrTemplateBesideAnAdapterMustBeItsBases() throws IOException {
        config("[\"q_proj\"]", "");
        tensors(List.of("q_proj"));
        Path base = directory.resolve("base");
        String tokenizer = Files.readString(base.resolve("tokenizer.json"));
        Files.writeString(adapter.resolve("tokenizer.json"), tokenizer.replace(" ", ""));
        Files.writeString(base.resolve("chat_template.jinja"), "{{ messages }}\n");
        Files.writeString(adapter.resolve("tokenizer_config.json"), "{\"chat_template\": \"{{ messages }}\"}");
        assertThat(logProbs()).isNotEmpty();

        Files.writeString(adapter.resolve("tokenizer_config.json"), "{\"chat_template\": \"{{ others }}\"}");
        assertRefused("", "has another chat template than the base " + base);
        Files.delete(adapter.resolve("tokenizer_config.json"));
        Files.writeString(adapter.resolve("tokenizer.json"), tokenizer.replace("\"o\" : 16", "\"q\" : 16"));
        assertRefused("tokenizer.json", "has other tokens or ids than the tokenizer of the base " + base);
    }

    @Test
    void anAdapterOnAnAdapterIsRefused() throws IOException {
        config("[\"q_proj\"]", "");
        tensors(List.of("q_proj"));
        Path second = Files.createDirectory(directory.resolve("second"));
        Files.copy(adapter.resolve(Adapter.WEIGHTS), second.resolve(Adapter.WEIGHTS));
        Path file = Files.writeString(
                second.resolve("adapter_config.json"),
                Files.readString(adapter.resolve("adapter_config.json")).replace("../base", "../adapter"));
        assertThatThrownBy(() -> Policy.load(second))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(file + ": base_model_name_or_path " + adapter
                        + " is an adapter itself; merge that one into its base first");
    }
}
