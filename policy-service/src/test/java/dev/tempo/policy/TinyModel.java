package dev.tempo.policy;

import dev.tempo.contract.ModelReference;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.directory.ModelDirectory;
import dev.tempo.model.training.Pretrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/** A random model of one layer over the characters of the quickstart. */
final class TinyModel {
    static final List<String> VOCABULARY = List.of(".x+*=-/|YN$0123456789a".split(""));
    static final int END = VOCABULARY.indexOf("$");

    private TinyModel() {}

    static Path write(Path directory) {
        ModelConfig config = new ModelConfig(
                "qwen3", 16, 1, 2, 1, 8, 24, 1e-6, 1e4, true, VOCABULARY.size(), 64, OptionalInt.of(0), List.of(END));
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Pretrainer.initialise(config, VOCABULARY, 5, directory);
        return directory;
    }

    static ModelReference reference(Path directory) {
        return new ModelReference(directory.toUri().toString(), new ModelDirectory(directory).sha256());
    }
}
