package dev.tempo.model;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What is particular to a family of models: the tensors of a layer, the script that computes with them, defaults. */
public interface Architecture {
    /** Every family that there is. */
    List<Architecture> ALL = List.of(new Qwen3(), new Olmo3());

    /** The family of a config.json's {@code model_type}. */
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

    /** Hugging Face's {@code model_type}, and the name of the family's script. */
    String modelType();

    /** Hugging Face's class, as {@code architectures} names it. */
    String className();

    /** A layer's parameters in the order that the script expects. */
    List<Parameter> layer(ModelConfig config, String prefix);

    /** Whether a layer's attention slides where config.json has no {@code layer_types}. */
    boolean slides(int layer, JsonNode configJson);

    /** Whether one scaling of rotary positions, given for the whole model, also holds for layers that slide. */
    boolean scalesSlidingLayers();
}
