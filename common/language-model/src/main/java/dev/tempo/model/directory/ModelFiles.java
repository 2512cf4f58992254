package dev.tempo.model.directory;

import dev.tempo.model.ModelFormatException;
import dev.tempo.model.WeightType;
import dev.tempo.model.config.ConfigWriter;
import dev.tempo.model.config.DurableFile;
import dev.tempo.model.files.TensorWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What makes a Hugging Face directory besides its weights: config and tokenizer, kept as the bytes they were. */
public final class ModelFiles {
    private static final String CONFIG = "config.json";
    private static final String GENERATION = "generation_config.json";
    private static final List<String> NAMES = List.of(
            CONFIG,
            GENERATION,
            "tokenizer.json",
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "vocab.json",
            "merges.txt",
            "chat_template.jinja");

    private final Map<String, byte[]> contents;

    private ModelFiles(Map<String, byte[]> contents) {
        this.contents = contents;
    }

    public static ModelFiles read(Path directory) {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (String name : NAMES) {
            Path file = directory.resolve(name);
            try {
                if (Files.isRegularFile(file)) {
                    byte[] content = Files.readAllBytes(file);
                    contents.put(name, content);
                }
            } catch (IOException e) {
                throw new ModelFormatException(file + " cannot be read: " + e.getMessage(), e);
            }
        }
        return new ModelFiles(contents);
    }

    /** Writes these files without the config. */
    void saveTokenizer(Path directory) {
        contents.forEach((name, content) -> {
            if (!name.equals(CONFIG) && !name.equals(GENERATION)) {
                DurableFile.write(directory.resolve(name), content);
            }
        });
    }

    /** Writes these files, then the weights: where model.safetensors lies, the directory is complete. */
    public void save(Path directory, WeightType type, List<TensorWriter.Tensor> weights) {
        contents.forEach((name, content) -> DurableFile.write(
                directory.resolve(name), name.equals(CONFIG) ? ConfigWriter.withType(content, type) : content));
        TensorWriter.write(directory.resolve(WeightFiles.WEIGHTS), Map.of("format", "pt"), weights);
    }
}
