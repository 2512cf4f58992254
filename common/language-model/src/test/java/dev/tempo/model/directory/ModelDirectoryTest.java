package dev.tempo.model.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.recipe.Optimizer;
import dev.tempo.model.Head;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.Parameter;
import dev.tempo.model.Sequence;
import dev.tempo.model.TinyModel;
import dev.tempo.model.WeightType;
import dev.tempo.model.files.DurableFile;
import dev.tempo.model.files.StoredTensor;
import dev.tempo.model.files.TensorFile;
import dev.tempo.model.files.TensorWriter;
import dev.tempo.model.inference.Critic;
import dev.tempo.model.inference.Policy;
import dev.tempo.model.training.PolicyTrainer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModelDirectoryTest {
    @TempDir
    Path directory;

    @BeforeEach
    void write() {
        TinyModel.policy(directory, 1);
    }

    private Path change(String field, String replacement) throws IOException {
        Path config = directory.resolve("config.json");
        String text = Files.readString(config);
        String changed = text.replaceAll("\"" + field + "\" : [^,\\n]+", replacement);
        assertThat(changed).isNotEqualTo(text);
        return Files.writeString(config, changed);
    }

    @Test
    void aConfigIsReadAsItWasWritten() {
        assertThat(new ModelDirectory(directory).config()).isEqualTo(TinyModel.config(true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hidden_size | \"hidden_size\" : \"wide\" | hidden_size must be a whole number, but is \"wide\"",
                "vocab_size | \"other\" : 1 | vocab_size must be a whole number, but is missing",
                "model_type | \"model_type\" : \"gpt2\" | model_type 'gpt2' is not supported; supported: qwen3, olmo3",
                "num_key_value_heads | \"num_key_value_heads\" : 4 | num_attention_heads 6 is no multiple of num_key_value_heads 4",
                "attention_bias | \"attention_bias\" : true | attention_bias true is not supported",
                "rope_theta | \"rope_theta\" : 1, \"rope_scaling\" : {\"rope_type\": \"llama3\"} | rope_scaling.rope_type llama3 is not supported; supported: default, yarn",
                "eos_token_id | \"eos_token_id\" : [1, \"x\"] | eos_token_id must be a whole number or a list of them",
                "eos_token_id | \"eos_token_id\" : 17 | eos_token_id 17 lies outside the vocabulary of 17 ids"
            })
    void configErrorsNameFileAndField(String field, String replacement, String message) throws IOException {
        Path config = change(field, replacement);
        assertThatThrownBy(() -> new ModelDirectory(directory).config())
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(config.toString())
                .hasMessageContaining(message);
    }

    @Test
    void otherSpellingsMeanTheSame() throws IOException {
        change("rope_theta", "\"rope_parameters\" : {\"rope_theta\": 10000, \"rope_type\": \"default\"}");
        change("eos_token_id", "\"eos_token_id\" : [1]");
        assertThat(new ModelDirectory(directory).config()).isEqualTo(TinyModel.config(true));
        Files.writeString(directory.resolve("generation_config.json"), "{\"eos_token_id\": [3, 1]}");
        assertThat(new ModelDirectory(directory).config().endTokenIds()).containsExactly(3, 1);
    }

    @Test
    void aMissingTensorIsNamed() throws IOException {
        change("num_hidden_layers", "\"num_hidden_layers\" : 3");
        assertThatThrownBy(() -> Policy.load(directory))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(directory.resolve("model.safetensors")
                        + " has no tensor model.layers.2.input_layernorm.weight");
    }

    @Test
    void aTensorOfAnotherShapeIsNamed() throws IOException {
        change("intermediate_size", "\"intermediate_size\" : 28");
        assertThatThrownBy(() -> Policy.load(directory))
                .hasMessageContaining("mlp.gate_proj.weight has shape [27, 20], but config.json asks for [28, 20]");
    }

    @Test
    void layersThatTheConfigDoesNotHaveAreRefused() throws IOException {
        change("num_hidden_layers", "\"num_hidden_layers\" : 1");
        assertThatThrownBy(() -> Policy.load(directory))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(directory.resolve("model.safetensors") + " has tensor model.layers.1.")
                .hasMessageContaining("config.json says num_hidden_layers 1");
    }

    @Test
    void tensorsThatNoSuchModelHasAreRefusedAndThoseThatFollowFromOthersAreNot() {
        rewrite("model.layers.0.self_attn.q_proj.bias", 36);
        assertThatThrownBy(() -> Policy.load(directory))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("has tensor model.layers.0.self_attn.q_proj.bias, which no qwen3 model");
        assertThatThrownBy(() -> new ModelDirectory(directory).check()).hasMessageContaining("q_proj.bias");
        rewrite("model.layers.0.self_attn.rotary_emb.inv_freq", 3);
        Policy.load(directory).close();
    }

    @Test
    void aTiedModelMayCarryItsHeadTwiceButNotAnotherOne() {
        List<Sequence> sequences = TinyModel.sequences(3, 1);
        float[] embedding = WeightFiles.open(directory)
                .find(Parameter.Part.of("model.embed_tokens.weight", 17, 20))
                .toFloatArray();
        try (Policy lean = Policy.load(directory)) {
            float[] expected = lean.logProbs(sequences).get(0);
            rewrite("lm_head.weight", embedding, 17, 20);
            try (Policy redundant = Policy.load(directory)) {
                assertThat(redundant.logProbs(sequences).get(0)).isEqualTo(expected);
            }
        }
        embedding[embedding.length - 1]++;
        rewrite("lm_head.weight", embedding, 17, 20);
        assertThatThrownBy(() -> Policy.load(directory))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("lm_head.weight is not model.embed_tokens.weight")
                .hasMessageContaining("tie_word_embeddings");
    }

    @Test
    void anUntiedModelNeedsItsHead() throws IOException {
        change("tie_word_embeddings", "\"tie_word_embeddings\" : false");
        assertThatThrownBy(() -> Policy.load(directory)).hasMessageEndingWith("has no tensor lm_head.weight");
        Critic.load(directory).close();
    }

    /** Writes the same weights with one more tensor. */
    private void rewrite(String name, long... shape) {
        rewrite(name, new float[(int) Parameter.Part.of(name, shape).size()], shape);
    }

    private void rewrite(String name, float[] added, long... shape) {
        WeightFiles checkpoint = WeightFiles.open(directory);
        List<TensorWriter.Tensor> tensors = new ArrayList<>();
        for (Parameter.Part part : ModelLayout.parts(TinyModel.config(true), Head.VOCABULARY)) {
            float[] numbers = checkpoint.find(part).toFloatArray();
            tensors.add(TensorWriter.Tensor.of(part.name(), part.shape(), () -> bytes(numbers)));
        }
        Parameter.Part more = Parameter.Part.of(name, shape);
        tensors.add(TensorWriter.Tensor.of(name, more.shape(), () -> bytes(added)));
        TensorWriter.write(directory.resolve("model.safetensors"), Map.of(), tensors);
    }

    private static ByteBuffer bytes(float[] numbers) {
        ByteBuffer bytes = DurableFile.littleEndian(4 * numbers.length);
        bytes.asFloatBuffer().put(numbers);
        return bytes;
    }

    @Test
    void aTokenizerWithMoreIdsThanTheModelIsRefused() throws IOException {
        new ModelDirectory(directory).check();
        Path tokenizer = directory.resolve("tokenizer.json");
        Files.writeString(tokenizer, Files.readString(tokenizer).replaceAll("\"o\" : 16", "\"o\" : 17"));
        assertThatThrownBy(() -> new ModelDirectory(directory).tokenizer())
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(tokenizer + " has ids up to 17, but config.json says vocab_size 17");
        assertThatThrownBy(() -> new ModelDirectory(directory).check()).hasMessageContaining("ids up to 17");
    }

    @Test
    void aFileThatIsCutShortIsRefusedBeforeAnythingIsRead() throws IOException {
        Path weights = directory.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(whole, whole.length - 3));
        assertThatThrownBy(() -> Policy.load(directory))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("tensor model.norm.weight")
                .hasMessageContaining("cut short");
        Files.write(weights, Arrays.copyOf(whole, 100));
        assertThatThrownBy(() -> Policy.load(directory)).hasMessageContaining("cut short");
    }

    @Test
    void anIndexBesideASingleFileIsALeftOver() throws IOException {
        String sha256 = new ModelDirectory(directory).sha256();
        Path old = TinyModel.write(directory.resolve("old"), TinyModel.config(true), Head.VOCABULARY, 99);
        Files.move(old.resolve("model.safetensors"), directory.resolve("model-00001-of-00001.safetensors"));
        StringBuilder map = new StringBuilder("{\"weight_map\": {\"lm_head.weight\": \"gone\"");
        ModelLayout.parts(TinyModel.config(true), Head.VOCABULARY)
                .forEach(part -> map.append(", \"" + part.name() + "\": \"model-00001-of-00001.safetensors\""));
        List<Sequence> sequences = TinyModel.sequences(3, 1);
        float[] expected;
        try (Policy policy = Policy.load(directory)) {
            expected = policy.logProbs(sequences).get(0);
        }
        Files.writeString(directory.resolve("model.safetensors.index.json"), map + "}}");
        new ModelDirectory(directory).check();
        assertThat(new ModelDirectory(directory).sha256()).isEqualTo(sha256);
        try (Policy policy = Policy.load(directory)) {
            assertThat(policy.logProbs(sequences).get(0)).isEqualTo(expected);
        }
    }

    @Test
    void aShardsTensorsAreThoseThatTheIndexGivesIt() throws IOException {
        Path index = directory.resolve("model.safetensors.index.json");
        Files.move(directory.resolve("model.safetensors"), directory.resolve("all"));
        TensorWriter.write(
                directory.resolve("more"),
                Map.of(),
                List.of(TensorWriter.Tensor.of("model.norm.weight", List.of(20L), () -> bytes(new float[20]))));
        StringBuilder map = new StringBuilder("{\"weight_map\": {\"model.norm.weight\": \"more\"");
        ModelLayout.parts(TinyModel.config(true), Head.VOCABULARY).stream()
                .filter(part -> !part.name().equals("model.norm.weight"))
                .forEach(part -> map.append(", \"" + part.name() + "\": \"all\""));
        Files.writeString(index, map + "}}");
        assertThatThrownBy(() -> Policy.load(directory))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(directory.resolve("all") + " has tensor model.norm.weight, which")
                .hasMessageContaining("says is in more");
        Files.writeString(index, map.toString().replace("\"model.norm.weight\": \"more\",", "") + "}}");
        assertThatThrownBy(() -> Policy.load(directory))
                .hasMessageContaining("all has tensor model.norm.weight, for which")
                .hasMessageContaining("names no file");
        for (String nameless : List.of("3", "\"\"", "\"\\u0000\"", "\"\\ud800\"")) {
            Files.writeString(index, "{\"weight_map\": {\"model.norm.weight\": " + nameless + "}}");
            assertThatThrownBy(() -> Policy.load(directory))
                    .hasMessage(index + ": weight_map must name a file for tensor model.norm.weight");
        }
    }

    @Test
    void anIndexThatPromisesATensorItsShardDoesNotHaveIsNamed() throws IOException {
        Files.move(directory.resolve("model.safetensors"), directory.resolve("all"));
        String map = "{\"weight_map\": {\"model.embed_tokens.weight\": \"all\","
                + "\"model.layers.0.input_layernorm.weight\": \"other\"}}";
        Files.writeString(directory.resolve("model.safetensors.index.json"), map);
        TensorWriter.write(directory.resolve("other"), Map.of(), List.of());
        assertThatThrownBy(() -> Policy.load(directory))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage(directory.resolve("model.safetensors.index.json")
                        + " says that other has tensor model.layers.0.input_layernorm.weight, but it has not");
    }

    @Test
    void otherWeightsThanAnnouncedAreRefused() throws IOException {
        ModelDirectory model = new ModelDirectory(directory);
        String sha256 = model.sha256();
        assertThat(sha256).matches("[0-9a-f]{64}");
        assertThatCode(() -> model.verify(sha256)).doesNotThrowAnyException();
        byte[] weights = Files.readAllBytes(directory.resolve("model.safetensors"));
        weights[weights.length - 1] ^= 1;
        Files.write(directory.resolve("model.safetensors"), weights);
        assertThatThrownBy(() -> model.verify(sha256))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("model.safetensors")
                .hasMessageContaining(sha256);
    }

    private static TensorWriter.Tensor copy(WeightFiles checkpoint, Parameter.Part part) {
        StoredTensor stored = checkpoint.find(part);
        return new TensorWriter.Tensor(
                part.name(), stored.type(), part.shape(), channel -> stored.writeTo(channel, stored.type()));
    }

    @Test
    void aShardedModelIsTheSameModelAndItsHashCoversEveryShard() throws IOException {
        List<Parameter.Part> parts = ModelLayout.parts(TinyModel.config(true), Head.VOCABULARY);
        Path sharded = directory.resolve("sharded");
        Files.createDirectories(sharded);
        Files.copy(directory.resolve("config.json"), sharded.resolve("config.json"));
        StringBuilder map = new StringBuilder();
        List<List<TensorWriter.Tensor>> shards = List.of(new ArrayList<>(), new ArrayList<>());
        WeightFiles whole = WeightFiles.open(directory);
        for (int i = 0; i < parts.size(); i++) {
            Parameter.Part part = parts.get(i);
            shards.get(i % 2).add(copy(whole, part));
            map.append(i == 0 ? "" : ",").append('"').append(part.name()).append("\":\"shard-" + i % 2 + '"');
        }
        TensorWriter.write(sharded.resolve("shard-0"), Map.of(), shards.get(0));
        TensorWriter.write(sharded.resolve("shard-1"), Map.of(), shards.get(1));
        Files.writeString(sharded.resolve("model.safetensors.index.json"), "{\"weight_map\":{" + map + "}}");
        List<Sequence> sequences = TinyModel.sequences(3, 1);
        try (Policy one = Policy.load(directory);
                Policy two = Policy.load(sharded)) {
            assertThat(two.logProbs(sequences))
                    .usingElementComparator(Arrays::compare)
                    .isEqualTo(one.logProbs(sequences));
        }
        String sha256 = new ModelDirectory(sharded).sha256();
        byte[] second = Files.readAllBytes(sharded.resolve("shard-1"));
        second[second.length - 1] ^= 1;
        Files.write(sharded.resolve("shard-1"), second);
        assertThat(new ModelDirectory(sharded).sha256()).isNotEqualTo(sha256);
        Files.delete(sharded.resolve("shard-1"));
        assertThatThrownBy(() -> Policy.load(sharded)).hasMessage(sharded.resolve("shard-1") + " is missing");
    }

    @Test
    void missingFilesAreNamed() {
        ModelDirectory nowhere = new ModelDirectory(directory.resolve("nowhere"));
        assertThatThrownBy(nowhere::config).hasMessageEndingWith("config.json is missing");
        assertThatThrownBy(nowhere::tokenizer).hasMessageEndingWith("tokenizer.json is missing");
        assertThatThrownBy(nowhere::sha256).hasMessageEndingWith("model.safetensors is missing");
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-Infinity"})
    void aWeightThatIsNotFiniteIsRefusedByFileAndTensor(float number) throws IOException {
        Path weights = directory.resolve("model.safetensors");
        StoredTensor tensor = TensorFile.open(weights)
                .find("model.norm.weight", List.of((long) TinyModel.config(true).hiddenSize()));
        try (FileChannel channel = FileChannel.open(weights, StandardOpenOption.WRITE)) {
            channel.write(
                    DurableFile.littleEndian(Float.BYTES).putFloat(number).flip(), tensor.begin() + 3 * Float.BYTES);
        }
        String refusal = weights + ": tensor model.norm.weight has a number that is NaN or infinite, number 3 of ";
        assertThatThrownBy(() -> new ModelDirectory(directory).requireFinite())
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(refusal);
        assertThatThrownBy(() -> Policy.load(directory))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(refusal);
        assertThatThrownBy(() -> PolicyTrainer.start(directory, Optimizer.of(1e-3)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(refusal);
    }

    @ParameterizedTest
    @EnumSource(WeightType.class)
    void finiteWeightsOfEveryTypePass(WeightType type) {
        Path rounded = directory.resolve("rounded");
        try (PolicyTrainer trainer = PolicyTrainer.start(directory, Optimizer.of(1e-3))) {
            trainer.save(rounded, type);
        }
        assertThatCode(() -> new ModelDirectory(rounded).requireFinite()).doesNotThrowAnyException();
    }
}
