package dev.tempo.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The tensors of a Hugging Face directory: in model.safetensors, or in the shards that an index names. */
final class Checkpoint {
    static final String WEIGHTS = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";
    /** Old checkpoints carry what follows from config.json. */
    private static final String COMPUTED = "rotary_emb.inv_freq";

    private static final Pattern LAYER = Pattern.compile("model\\.layers\\.(\\d{1,9})\\.");

    private final Path directory;
    private final Map<String, TensorFile> files = new LinkedHashMap<>();
    private final Map<String, String> index = new LinkedHashMap<>();

    private Checkpoint(Path directory) {
        this.directory = directory;
    }

    /** Whether a directory has weights of a model. */
    static boolean isIn(Path directory) {
        return TensorFile.exists(directory.resolve(INDEX)) || TensorFile.exists(directory.resolve(WEIGHTS));
    }

    static Checkpoint open(Path directory) {
        Checkpoint checkpoint = new Checkpoint(directory);
        if (TensorFile.exists(directory.resolve(INDEX))) {
            checkpoint.readIndex();
        } else {
            checkpoint.file(WEIGHTS);
        }
        return checkpoint;
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
        return names().contains(tensor);
    }

    private Set<String> names() {
        return index.isEmpty() ? file(WEIGHTS).names() : index.keySet();
    }

    /** Whether a critic's head is among the tensors. */
    Head head() {
        return has(ModelLayout.VALUE_WEIGHT) || has(ModelLayout.VALUE_BIAS) ? Head.VALUE : Head.VOCABULARY;
    }

    /**
     * Where a tensor's numbers lie.
     *
     * @throws ModelFormatException naming file and tensor, if it is missing, misshapen or of no known type
     */
    StoredTensor find(Parameter.Part part) {
        if (index.isEmpty()) {
            return file(WEIGHTS).find(part.name(), part.shape());
        }
        String shard = index.get(part.name());
        if (shard == null) {
            throw new ModelFormatException(directory.resolve(INDEX) + " names no file for tensor " + part.name());
        }
        TensorFile file = file(shard);
        if (!file.has(part.name())) {
            throw new ModelFormatException(directory.resolve(INDEX) + " says that " + shard + " has tensor "
                    + part.name() + ", but it has not");
        }
        return file.find(part.name(), part.shape());
    }

    /**
     * Refuses tensors that a model of this config has no place for: it would be another model without them.
     *
     * @throws ModelFormatException naming file and tensor
     */
    void refuseStrangers(ModelConfig config) {
        Set<String> known = new HashSet<>(Set.of(ModelLayout.OUTPUT));
        for (Head head : Head.values()) {
            ModelLayout.parts(config, head).forEach(part -> known.add(part.name()));
        }
        for (String name : names()) {
            if (!known.contains(name) && !name.endsWith(COMPUTED)) {
                Path file = directory.resolve(index.isEmpty() ? WEIGHTS : INDEX);
                Matcher layer = LAYER.matcher(name);
                throw new ModelFormatException(
                        layer.lookingAt() && Long.parseLong(layer.group(1)) >= config.layers()
                                ? file + " has tensor " + name + ", but config.json says num_hidden_layers "
                                        + config.layers() + ": the two are of different models"
                                : file + " has tensor " + name + ", which no " + config.modelType()
                                        + " model of this config.json has: the two are of different models, or it needs"
                                        + " what is not supported");
            }
        }
    }
}
