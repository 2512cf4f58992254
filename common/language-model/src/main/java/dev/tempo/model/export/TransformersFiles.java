package dev.tempo.model.export;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.directory.Adapter;
import dev.tempo.model.files.DurableFile;
import dev.tempo.model.inference.SamplingSettings;
import dev.tempo.model.tokens.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The files that transformers needs to load a model and that training does not use: generation_config.json, so that
 * generation ends where it should, and tokenizer_config.json, without which transformers does not find tokenizer.json.
 */
final class TransformersFiles {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path directory;
    private final ModelConfig config;

    TransformersFiles(Path directory, ModelConfig config) {
        this.directory = directory;
        this.config = config;
    }

    void addMissing(SamplingSettings sampling) {
        Path generation = directory.resolve("generation_config.json");
        if (!Adapter.isIn(directory) && !Files.exists(generation)) {
            DurableFile.write(generation, JSON.writeValueAsBytes(generation(sampling)));
        }
        Path tokenizer = directory.resolve("tokenizer.json");
        Path tokenizerConfig = directory.resolve("tokenizer_config.json");
        if (Files.exists(tokenizer) && !Files.exists(tokenizerConfig)) {
            DurableFile.write(tokenizerConfig, JSON.writeValueAsBytes(tokenizerConfig(tokenizer)));
        }
    }

    private ObjectNode generation(SamplingSettings sampling) {
        ObjectNode root = JSON.createObjectNode();
        List<Integer> ends = config.endTokenIds();
        if (ends.size() == 1) {
            root.put("eos_token_id", ends.get(0));
        } else {
            ends.forEach(root.putArray("eos_token_id")::add);
        }
        config.padTokenId().ifPresent(pad -> root.put("pad_token_id", pad));
        root.put("do_sample", sampling.temperature() > 0);
        if (sampling.temperature() > 0) {
            root.put("temperature", sampling.temperature());
            // transformers samples from the 50 most probable tokens unless told otherwise.
            root.put("top_k", sampling.topK());
            root.put("top_p", sampling.topP());
            root.put("min_p", sampling.minP());
        }
        root.put("max_new_tokens", sampling.maxNewTokens());
        return root;
    }

    private ObjectNode tokenizerConfig(Path tokenizer) {
        ObjectNode root = JSON.createObjectNode();
        root.put("tokenizer_class", "PreTrainedTokenizerFast");
        root.put("model_max_length", config.maxPositions());
        root.put("clean_up_tokenization_spaces", false);
        try (Tokenizer tokens = Tokenizer.read(tokenizer)) {
            if (!config.endTokenIds().isEmpty()) {
                root.put("eos_token", tokens.token(config.endTokenIds().get(0)));
            }
            config.padTokenId().ifPresent(pad -> root.put("pad_token", tokens.token(pad)));
        }
        return root;
    }
}
