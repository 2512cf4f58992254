package dev.tempo.model.directory;

import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.Parameter;
import dev.tempo.model.config.JsonFile;
import dev.tempo.model.files.StoredTensor;
import dev.tempo.model.files.TensorFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The tensors of a Hugging Face directory, in model.safetensors or else in the shards that an index names. If an index lies
 * beside model.safetensors it is left over from other weights, and transformers does not read it either.
 */
public final class WeightFiles {
    public static final String WEIGHTS = "model.safetensors";
    static final String INDEX = "model.safetensors.index.json";
    /** The end of names of tensors that old checkpoints hold although their numbers follow from config.json. */
    private static final String COMPUTED = "rotary_emb.inv_freq";

    private static final Pattern LAYER = Pattern.compile("model\\.layers\\.(\\d{1,9})\\.");

    private final Path directory;
    private final Map<String, TensorFile> files = new LinkedHashMap<>();
    private final Map<String, String> index = new LinkedHashMap<>();

    private WeightFiles(Path directory) {
        this.directory = directory;
    }

    /** Whether a directory holds the weights of a model. */
    public static boolean isIn(Path directory) {
        return TensorFile.exists(directory.resolve(INDEX)) || TensorFile.exists(directory.resolve(WEIGHTS));
    }

    /**
     * The tensors of a directory; only headers are read.
     *
     * @throws ModelFormatException naming the file, and the tensor where one is at fault
     */
    public static WeightFiles open(Path directory) {
        WeightFiles checkpoint = new WeightFiles(directory);
        if (isSharded(directory)) {
            checkpoint.readIndex();
        } else {
            checkpoint.file(WEIGHTS);
        }
        return checkpoint;
    }

    private static boolean isSharded(Path directory) {
        return !TensorFile.exists(directory.resolve(WEIGHTS)) && TensorFile.exists(directory.resolve(INDEX));
    }

    private void readIndex() {
        Path file = directory.resolve(INDEX);
        JsonNode map = JsonFile.read(file).path("weight_map");
        map.properties().forEach(entry -> {
            if (!entry.getValue().isString() || !isFileName(entry.getValue().asString())) {
                throw new ModelFormatException(file + ": weight_map must name a file for tensor " + entry.getKey());
            }
            index.put(entry.getKey(), entry.getValue().asString());
        });
        if (!map.isObject() || index.isEmpty()) {
            throw new ModelFormatException(file + ": weight_map is missing or empty");
        }
    }

    private static boolean isFileName(String text) {
        try {
            return !Path.of(text).toString().isEmpty();
        } catch (InvalidPathException unnameable) {
            return false;
        }
    }

    /** The files that hold a directory's weights, shards in the order of their names. */
    static List<Path> files(Path directory) {
        if (!isSharded(directory)) {
            return List.of(directory.resolve(WEIGHTS));
        }
        WeightFiles checkpoint = new WeightFiles(directory);
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

    /** The model's head: {@link Head#VALUE} if a critic's head is among the tensors, otherwise {@link Head#VOCABULARY}. */
    public Head head() {
        return has(ModelLayout.VALUE_WEIGHT) || has(ModelLayout.VALUE_BIAS) ? Head.VALUE : Head.VOCABULARY;
    }

    /**
     * The place of a tensor's numbers.
     *
     * @throws ModelFormatException naming file and tensor, if the tensor is missing, has another shape or no floating-point
     *     type
     */
    public StoredTensor find(Parameter.Part part) {
        if (index.isEmpty()) {
            return file(WEIGHTS).find(part.name(), part.shape());
        }
        String shard = index.get(part.name());
        if (shard == null) {
            throw new ModelFormatException(directory.resolve(INDEX) + " names no file for tensor " + part.name());
        }
        refuseUnkept(part.name(), shard);
        return file(shard).find(part.name(), part.shape());
    }

    private void refuseUnkept(String tensor, String shard) {
        if (!file(shard).has(tensor)) {
            throw new ModelFormatException(
                    directory.resolve(INDEX) + " says that " + shard + " has tensor " + tensor + ", but it has not");
        }
    }

    /**
     * Refuses tensors that a model of this config does not have, since without them it would be another model.
     *
     * @throws ModelFormatException naming file and tensor
     */
    public void refuseStrangers(ModelConfig config) {
        Predicate<String> known = ModelLayout.names(config);
        for (String name : names()) {
            if (!known.test(name) && !name.endsWith(COMPUTED)) {
                throw stranger(directory.resolve(index.isEmpty() ? WEIGHTS : INDEX), name, config);
            }
        }
        index.forEach(this::refuseUnkept);
        index.values().stream().distinct().sorted().forEach(shard -> refuseUnnamed(shard, known, config));
        if (config.tiedEmbeddings() && has(ModelLayout.OUTPUT)) {
            refuseUntied(config);
        }
    }

    /**
     * Refuses an output head that differs from the embedding of a model that ties both. The file may repeat the embedding as
     * its output head.
     */
    private void refuseUntied(ModelConfig config) {
        List<Long> shape = List.of((long) config.vocabularySize(), (long) config.hiddenSize());
        StoredTensor output = find(new Parameter.Part(ModelLayout.OUTPUT, shape));
        if (!output.hasBytesOf(find(new Parameter.Part(ModelLayout.EMBEDDING, shape)))) {
            throw new ModelFormatException(
                    output.file() + ": " + ModelLayout.OUTPUT + " is not " + ModelLayout.EMBEDDING
                            + ", though config.json says tie_word_embeddings; if the model is to use both, as"
                            + " transformers does, write \"tie_word_embeddings\": false there");
        }
    }

    /** Refuses a tensor of a shard if the index names another shard for it, or none. */
    private void refuseUnnamed(String shard, Predicate<String> known, ModelConfig config) {
        for (String name : file(shard).names()) {
            String named = index.get(name);
            if (named == null && !name.endsWith(COMPUTED) && !name.equals(ModelLayout.OUTPUT)) {
                if (!known.test(name)) {
                    throw stranger(directory.resolve(shard), name, config);
                }
                throw new ModelFormatException(directory.resolve(shard) + " has tensor " + name + ", for which " + INDEX
                        + " names no file: index and shards are of different models");
            }
            if (named != null && !named.equals(shard)) {
                throw new ModelFormatException(directory.resolve(shard) + " has tensor " + name + ", which " + INDEX
                        + " says is in " + named + ": only one of them can be meant, take the files anew");
            }
        }
    }

    private static ModelFormatException stranger(Path file, String name, ModelConfig config) {
        Matcher layer = LAYER.matcher(name);
        return new ModelFormatException(
                layer.lookingAt() && Long.parseLong(layer.group(1)) >= config.layers()
                        ? file + " has tensor " + name + ", but config.json says num_hidden_layers " + config.layers()
                                + ": the two are of different models"
                        : file + " has tensor " + name + ", which no " + config.modelType()
                                + " model of this config.json has: the two are of different models, or it needs"
                                + " what is not supported");
    }
}
