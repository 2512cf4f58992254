package dev.tempo.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tensors of a Hugging Face directory: in model.safetensors, or in the shards that an index names. */
final class Checkpoint implements AutoCloseable {
    static final String WEIGHTS = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";

    private final Path directory;
    private final Map<String, TensorFile> files = new LinkedHashMap<>();
    private final Map<String, String> index = new LinkedHashMap<>();

    private Checkpoint(Path directory) {
        this.directory = directory;
    }

    static Checkpoint open(Path directory) {
        Checkpoint checkpoint = new Checkpoint(directory);
        try {
            if (TensorFile.exists(directory.resolve(INDEX))) {
                checkpoint.readIndex();
            } else {
                checkpoint.file(WEIGHTS);
            }
            return checkpoint;
        } catch (RuntimeException e) {
            checkpoint.close();
            throw e;
        }
    }

    private void readIndex() {
        Path file = directory.resolve(INDEX);
        try {
            JsonNode map =
                    JsonMapper.shared().readTree(Files.readAllBytes(file)).path("weight_map");
            map.properties()
                    .forEach(entry -> index.put(entry.getKey(), entry.getValue().asString()));
        } catch (JacksonException e) {
            throw new ModelFormatException(file + " is no JSON: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ModelFormatException(file + " cannot be read: " + e.getMessage(), e);
        }
        if (index.isEmpty()) {
            throw new ModelFormatException(file + ": weight_map is missing or empty");
        }
    }

    /** The files that hold a directory's weights, shards in the order of their names. */
    static List<Path> files(Path directory) {
        if (!TensorFile.exists(directory.resolve(INDEX))) {
            return List.of(directory.resolve(WEIGHTS));
        }
        Checkpoint checkpoint = new Checkpoint(directory);
        checkpoint.readIndex();
        return checkpoint.index.values().stream()
                .distinct()
                .sorted()
                .map(directory::resolve)
                .toList();
    }

    private TensorFile file(String name) {
        return files.computeIfAbsent(name, missing -> TensorFile.open(directory.resolve(missing)));
    }

    boolean has(String tensor) {
        return index.isEmpty() ? file(WEIGHTS).has(tensor) : index.containsKey(tensor);
    }

    /** Appends a tensor's numbers as float32. */
    void read(String tensor, List<Long> shape, ByteBuffer into) {
        if (!index.isEmpty() && !index.containsKey(tensor)) {
            throw new ModelFormatException(directory.resolve(INDEX) + " names no file for tensor " + tensor);
        }
        file(index.getOrDefault(tensor, WEIGHTS)).read(tensor, shape, into);
    }

    @Override
    public void close() {
        files.values().forEach(TensorFile::close);
    }
}
