package dev.tempo.model;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A family of models, such as Qwen3: the tensors of one layer, the name of the script that computes with them, and the
 * defaults that config.json leaves out.
 */
public interface Architecture {
    /** All families that can be loaded. */
    List<Architecture> ALL = List.of(new Qwen3(), new Olmo3());

    /**
     * The family whose {@code model_type} a config.json states.
     *
     * @throws IllegalArgumentException if no family has that name
     */
    static Architecture of(String modelType) {
        return known(modelType)
                .orElseThrow(() -> new IllegalArgumentException("model_type '" + modelType
                        + "' is not supported; supported: "
                        + String.join(
                                ", ", ALL.stream().map(Architecture::modelType).toList())));
    }

    private static Optional<Architecture> known(String modelType) {
        return ALL.stream()
                .filter(family -> family.modelType().equals(modelType))
                .findAny();
    }

    /** The name that config.json gives as {@code model_type}, which is also the name of the family's script. */
    String modelType();

    /** The name of Hugging Face's class, as config.json lists it under {@code architectures}. */
    String className();

    /**
     * The parameters of one layer, in the order in which the family's script takes them.
     *
     * @param prefix what the names of the layer's tensors begin with, such as {@code model.layers.3.}
     */
    List<Parameter> layer(ModelConfig config, String prefix);

    /**
     * Whether the attention of a layer has a sliding window where config.json has no {@code layer_types}.
     *
     * @param layer counted from 0
     */
    boolean slides(int layer, JsonNode configJson);

    /**
     * Whether a scaling of rotary positions that config.json gives for the whole model also holds for layers with a sliding
     * window.
     */
    boolean scalesSlidingLayers();
}
