package dev.tempo.model.directory;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tempo.contract.recipe.LowRank;
import dev.tempo.fixtures.SharedFiles;
import dev.tempo.fixtures.hostile.HostileInputs;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.TinyModel;
import dev.tempo.model.files.TensorFile;
import dev.tempo.model.training.PolicyTrainer;
import dev.tempo.model.training.TrainerTest;
import dev.tempo.model.training.TrainingMethod;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model's files as damage or malice makes them: the model can be loaded, or the file is refused by name, in memory that fits it. */
class HostileModelsTest {
    private static final String[] WORDS = {
        "\"__metadata__\"",
        "\"data_offsets\"",
        "\"shape\"",
        "\"F32\"",
        "\"F4\"",
        "\"BF16\"",
        "[0,0]",
        "[4294967296,4294967296]",
        "[9223372036854775807]",
        "\"rope_scaling\"",
        "\"rope_parameters\"",
        "\"yarn\"",
        "\"factor\"",
        "\"layer_types\"",
        "\"num_hidden_layers\"",
        "\"eos_token_id\"",
        "\"vocab\"",
        "\"added_tokens\"",
        "{\"id\":9999999,\"content\":\"x\"}",
        "\"weight_map\""
    };

    @TempDir
    Path directory;

    private Path model;

    @BeforeEach
    void aSmallModel() throws IOException {
        model = TinyModel.write(directory.resolve("model"), TinyModel.olmo(true), Head.VOCABULARY, 5);
        Files.writeString(
                model.resolve("generation_config.json"),
                "{\"eos_token_id\": [1, 2], \"temperature\": 0.6, \"repetition_penalty\": 1.0}");
        Files.writeString(
                model.resolve("tokenizer_config.json"),
                "{\"pad_token\": \".\", \"eos_token\": {\"content\": \"$\"}, \"additional_special_tokens\": [\"$\"],"
                        + " \"added_tokens_decoder\": {\"1\": {\"content\": \"$\"}}, \"chat_template\": \"x\"}");
    }

    private static HostileInputs inputs(String reader) {
        return HostileInputs.of(reader).words(WORDS).refusedBy(ModelFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "generation_config.json", "tokenizer_config.json"})
    void settings(String name) throws IOException {
        Path file = model.resolve(name);
        byte[] whole = Files.readAllBytes(file);
        inputs(name)
                .seed(whole)
                .found(manyNames())
                .found(deepest(file))
                .oneIn(2)
                .into(input -> {
                    Files.write(file, input);
                    new ModelDirectory(model).check();
                    return file;
                });
    }

    /** Names that were kept for the next file, until a file of a hundred bytes cost tens of megabytes. */
    private static String[] manyNames() {
        return IntStream.range(0, 400)
                .mapToObj(file -> "{\"" + "n".repeat(40_000) + file + "\": 1}")
                .toArray(String[]::new);
    }

    /** A config that speaks of as many layers as one may, of which each cost its reader the names of a dozen tensors. */
    private static String deepest(Path config) throws IOException {
        return Files.readString(config)
                .replaceFirst("\"num_hidden_layers\"\\s*:\\s*\\d+", "\"num_hidden_layers\": 1000")
                .replaceFirst("\"layer_types\"\\s*:\\s*\\[[^]]*],?", "");
    }

    @Test
    void aNumberThatNoComputerHoldsIsNoNumber() throws IOException {
        Path file = model.resolve("config.json");
        Files.writeString(file, Files.readString(file).replace("10000.0", "9".repeat(400)));
        assertThatThrownBy(() -> new ModelDirectory(model).config())
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("rope_theta must be a number");
    }

    @Test
    void configsOfPublishedModels() throws IOException {
        Path configs = SharedFiles.at("fixtures/hub-configs");
        List<Path> files;
        try (Stream<Path> listed = Files.list(configs)) {
            files = listed.filter(path -> path.toString().endsWith(".config.json"))
                    .sorted()
                    .toList();
        }
        Path file = Files.createDirectory(directory.resolve("published")).resolve("config.json");
        HostileInputs inputs = inputs("config.json of published models").files(files);
        for (Path published : files) {
            inputs.found(deepest(published));
        }
        inputs.into(input -> {
            Files.write(file, input);
            ModelConfig config = new ModelDirectory(directory.resolve("published")).config();
            return ModelLayout.partsOneByOne(config, Head.VOCABULARY)
                            .findFirst()
                            .orElseThrow()
                            .size()
                    + config.parameters();
        });
    }

    /** The tokenizers library ended the process here. */
    @Test
    void halfACharacterInATokenizerIsRefused() throws IOException {
        Path file = model.resolve("tokenizer.json");
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.lastIndexOf('}')) + ", \"decoder\": {\"type\": \"\\ud800\"}}");
        assertThatThrownBy(() -> new ModelDirectory(model).tokenizer())
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("half a character");
    }

    @Test
    void tokenizer() throws IOException {
        Path file = model.resolve("tokenizer.json");
        byte[] whole = Files.readAllBytes(file);
        String longToken = new String(whole, StandardCharsets.UTF_8)
                .replaceFirst("\"content\" : \"[^\"]*\"", "\"content\" : \"" + "A".repeat(38_000) + "\"");
        inputs("tokenizer.json").seed(whole).found(longToken).oneIn(2).into(input -> {
            Files.write(file, input);
            new ModelDirectory(model).tokenizer().close();
            return file;
        });
    }

    @Test
    void weights() throws IOException {
        Path file = model.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(file);
        inputs("model.safetensors").seed(whole).oneIn(2).into(input -> {
            Files.write(file, input);
            new ModelDirectory(model).check();
            return file;
        });
    }

    @Test
    void headersOfWeights() {
        Path file = directory.resolve("header.safetensors");
        byte[] data = new byte[12];
        inputs("safetensors header")
                .seed(safetensors(
                        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"BF16\",\"shape\":[2],"
                                + "\"data_offsets\":[8,12]},\"__metadata__\":{\"format\":\"pt\"}}",
                        data))
                .seed(safetensors("{\"s\":{\"dtype\":\"F16\",\"shape\":[],\"data_offsets\":[0,2]}}", new byte[2]))
                .into(input -> {
                    TensorFile opened = TensorFile.open(Files.write(file, input));
                    return opened.has("a") ? opened.find("a", List.of(1L, 2L)) : opened.metadata();
                });
    }

    private static byte[] safetensors(String header, byte[] data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data)
                .array();
    }

    @Test
    void indexOfShards() throws IOException {
        Files.move(model.resolve("model.safetensors"), model.resolve("all.safetensors"));
        Path file = model.resolve("model.safetensors.index.json");
        String index = ModelLayout.parts(TinyModel.olmo(true), Head.VOCABULARY).stream()
                .map(part -> "\"" + part.name() + "\":\"all.safetensors\"")
                .collect(Collectors.joining(",", "{\"metadata\":{\"total_size\":1},\"weight_map\":{", "}}"));
        inputs("model.safetensors.index.json").seeds(index).oneIn(2).into(input -> {
            Files.write(file, input);
            new ModelDirectory(model).check();
            return new ModelDirectory(model).sha256();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"adapter_config.json", "adapter_model.safetensors"})
    void adapters(String name) throws IOException {
        Path adapter = directory.resolve("adapter");
        LowRank lora = new LowRank(2, 3, List.of("q_proj", "up_proj"));
        try (PolicyTrainer trainer =
                PolicyTrainer.start(model, TrainerTest.OPTIMIZER, new TrainingMethod(lora, 0, false), 1)) {
            trainer.save(adapter);
        }
        Path file = adapter.resolve(name);
        byte[] whole = Files.readAllBytes(file);
        inputs(name).seed(whole).oneIn(3).into(input -> {
            Files.write(file, input);
            new ModelDirectory(adapter).check();
            return file;
        });
    }
}
