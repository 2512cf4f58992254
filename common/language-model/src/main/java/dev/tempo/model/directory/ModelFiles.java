package dev.tempo.model.directory;

import dev.tempo.model.ModelFormatException;
import dev.tempo.model.WeightType;
import dev.tempo.model.config.ConfigWriter;
import dev.tempo.model.files.DurableFile;
import dev.tempo.model.files.TensorWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of a Hugging Face directory besides its weights: config and tokenizer, kept byte for byte. */
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

    /** The files of a directory. */
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

    /** Writes the files other than config.json. */
    void saveTokenizer(Path directory) {
        contents.forEach((name, content) -> {
            if (!name.equals(CONFIG) && !name.equals(GENERATION)) {
                DurableFile.write(directory.resolve(name), content);
            }
        });
    }

    /**
     * Writes the files, then the weights: where model.safetensors is, the directory is complete.
     *
     * @param type the type that config.json names as that of the weights
     */
    public void save(Path directory, WeightType type, List<TensorWriter.Tensor> weights) {
        contents.forEach((name, content) -> DurableFile.write(
                directory.resolve(name), name.equals(CONFIG) ? ConfigWriter.withType(content, type) : content));
        TensorWriter.write(directory.resolve(WeightFiles.WEIGHTS), Map.of("format", "pt"), weights);
    }
}
