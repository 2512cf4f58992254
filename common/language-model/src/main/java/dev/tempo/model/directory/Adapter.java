package dev.tempo.model.directory;

import dev.tempo.contract.recipe.LowRank;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.Parameter;
import dev.tempo.model.WeightType;
import dev.tempo.model.files.DurableFile;
import dev.tempo.model.files.StoredTensor;
import dev.tempo.model.files.TensorFile;
import dev.tempo.model.files.TensorWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A LoRA adapter on disk in the form of Hugging Face's PEFT: adapter_config.json and adapter_model.safetensors. */
public final class Adapter {
    static final String WEIGHTS = "adapter_model.safetensors";
    private static final String HEAD_WEIGHT = AdapterLayout.PREFIX + ModelLayout.VALUE_WEIGHT;
    private static final String HEAD_BIAS = AdapterLayout.PREFIX + ModelLayout.VALUE_BIAS;
    private static final String BASE_SHA256 = "base_sha256";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path base;
    private final LowRank settings;
    private final TensorFile tensors;

    private Adapter(Path base, LowRank settings, TensorFile tensors) {
        this.base = base;
        this.settings = settings;
        this.tensors = tensors;
    }

    /** Whether a directory holds an adapter rather than a whole model. */
    public static boolean isIn(Path directory) {
        return Files.isRegularFile(directory.resolve(AdapterConfig.FILE));
    }

    /**
     * The directory with the weights that the model of a directory starts from: that of the base if the directory holds an
     * adapter, otherwise the directory itself.
     *
     * @throws ModelFormatException naming file and field
     */
    public static Path baseOf(Path directory) {
        return isIn(directory) ? AdapterConfig.base(directory) : directory;
    }

    /**
     * The adapter in a directory.
     *
     * @throws ModelFormatException naming file and field or tensor, if the files are no adapter, ask for a feature that is
     *     not supported, or hold a tensor that would not be used
     */
    public static Adapter open(Path directory) {
        AdapterConfig config = AdapterConfig.read(directory);
        Adapter adapter = new Adapter(config.base(), config.settings(), TensorFile.open(directory.resolve(WEIGHTS)));
        adapter.refuseStrangers(new ModelDirectory(config.base()).config());
        new AdapterTexts(directory, config.base()).refuseOthers();
        return adapter;
    }

    private void refuseStrangers(ModelConfig config) {
        Set<String> used = AdapterLayout.of(config, settings, Head.VALUE).stream()
                .flatMap(parameter -> parameter.parts().stream())
                .map(Parameter.Part::name)
                .collect(Collectors.toSet());
        for (String name : tensors.names()) {
            if (!used.contains(name)) {
                boolean matrix = name.contains(".lora_A.") || name.contains(".lora_B.");
                throw new ModelFormatException(tensors.path() + " has tensor " + name + ", which "
                        + (matrix
                                ? "belongs to no module that " + AdapterConfig.FILE + " targets: " + settings.targets()
                                        + " in " + config.layers()
                                        + " layers. Name the module in target_modules, or take"
                                        + " the tensor out: PEFT would not use it either"
                                : "is no matrix of a plain LoRA adapter: saved whole modules, embeddings, biases and"
                                        + " other kinds of adapters are not supported" + AdapterConfig.ADVICE));
            }
        }
    }

    /** The directory of the model that is adapted. */
    public Path base() {
        return base;
    }

    /** The rank, scale and adapted projections. */
    public LowRank settings() {
        return settings;
    }

    /** Whether the adapter has a tensor of this name. */
    public boolean has(Parameter.Part part) {
        return tensors.has(part.name());
    }

    /**
     * The place of a tensor's numbers in the adapter's file.
     *
     * @throws ModelFormatException naming file and tensor, if the tensor is missing or has another shape
     */
    public StoredTensor find(Parameter.Part part) {
        return tensors.find(part.name(), part.shape());
    }

    /**
     * Refuses a base with other weights than those that the adapter was trained on, if the adapter says which those were.
     *
     * @throws ModelFormatException naming the base's file
     */
    public void verifyBase() {
        String trainedOn = tensors.metadata().get(BASE_SHA256);
        if (trainedOn != null) {
            String found = BaseHashes.of(base);
            if (!found.equals(trainedOn)) {
                throw new ModelFormatException(base + " has weights of SHA-256 " + found + ", but " + tensors.path()
                        + " was trained on " + trainedOn + ": the base has changed or is another one");
            }
        }
    }

    /**
     * The head that the adapter's model has: {@link Head#VALUE} if a critic's head is among its tensors, otherwise {@link
     * Head#VOCABULARY}.
     */
    public Head head() {
        return tensors.has(HEAD_WEIGHT) || tensors.has(HEAD_BIAS) ? Head.VALUE : Head.VOCABULARY;
    }

    /** Writes the same adapter with numbers of another type, beside the tokenizer of its base. */
    public void copy(Path target, ModelConfig config, WeightType type) {
        List<TensorWriter.Tensor> copies = new ArrayList<>();
        for (Parameter parameter : AdapterLayout.of(config, settings, head())) {
            Parameter.Part part = parameter.parts().get(0);
            StoredTensor stored = find(part);
            copies.add(
                    new TensorWriter.Tensor(part.name(), type, part.shape(), channel -> stored.writeTo(channel, type)));
        }
        ModelFiles.read(base).saveTokenizer(target);
        save(target, base, BaseHashes.of(base), settings, head(), copies);
    }

    /** Writes the adapter's two files, the weights last: where they are, the directory is complete. */
    public static void save(
            Path directory, Path base, String baseSha256, LowRank settings, Head head, List<TensorWriter.Tensor> of) {
        DurableFile.write(directory.resolve(AdapterConfig.FILE), config(base, settings, head));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("format", "pt");
        metadata.put(BASE_SHA256, baseSha256);
        TensorWriter.write(directory.resolve(WEIGHTS), metadata, of);
    }

    /**
     * The content of adapter_config.json: those fields without which some version of PEFT would not read the adapter as this
     * one. PEFT fills in the others.
     */
    private static byte[] config(Path base, LowRank settings, Head head) {
        ObjectNode root = JSON.createObjectNode();
        root.put(AdapterConfig.BASE, base.toAbsolutePath().normalize().toString());
        root.put("bias", "none");
        root.put("fan_in_fan_out", false);
        root.put("inference_mode", true);
        root.put("init_lora_weights", true);
        root.set("lora_alpha", JSON.valueToTree(number(settings.alpha())));
        root.put("lora_dropout", 0.0);
        if (head == Head.VALUE) {
            root.putArray("modules_to_save").add("value_head");
        } else {
            root.putNull("modules_to_save");
        }
        root.put("peft_type", "LORA");
        root.put("r", settings.rank());
        root.putNull("revision");
        settings.targets().forEach(root.putArray("target_modules")::add);
        root.put("task_type", head == Head.VALUE ? "FEATURE_EXTRACTION" : "CAUSAL_LM");
        return JSON.writeValueAsBytes(root);
    }

    /** The number alpha as JSON. PEFT declares it a whole number, but computes with any. */
    private static Number number(double alpha) {
        return alpha == Math.rint(alpha) ? (Number) (long) alpha : (Number) alpha;
    }
}
