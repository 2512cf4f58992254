package dev.tempo.model;

import java.nio.file.Path;

/** A model on disk in Hugging Face form: config.json, model.safetensors and tokenizer.json. */
public record ModelDirectory(Path path) {

    /** @throws ModelFormatException naming file and field */
    public ModelConfig config() {
        return ModelConfig.read(path.resolve("config.json"));
    }

    /** A tokenizer of its own for the caller, who closes it. */
    public Tokenizer tokenizer() {
        return Tokenizer.read(path.resolve("tokenizer.json"));
    }

    /** The SHA-256 of model.safetensors, in lower-case hexadecimal; of a sharded model, that of its index file. */
    public String sha256() {
        throw new UnsupportedOperationException();
    }

    /** @throws ModelFormatException naming the file, if the weights do not have this SHA-256 */
    public void verify(String sha256) {
        throw new UnsupportedOperationException();
    }
}
