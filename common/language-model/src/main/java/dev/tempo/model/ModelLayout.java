package dev.tempo.model;

import dev.tempo.model.Parameter.Part;
import java.util.ArrayList;
import java.util.List;

/** The parameters of a model in the order in which its script takes them: embedding, layers, final norm, head. */
public final class ModelLayout {
    public static final String VALUE_WEIGHT = "value_head.weight";
    public static final String VALUE_BIAS = "value_head.bias";
    public static final String EMBEDDING = "model.embed_tokens.weight";
    public static final String LAYERS = "model.layers.";
    public static final String OUTPUT = "lm_head.weight";

    private ModelLayout() {}

    /** The parameters of a model with a head, in the order in which its script takes them. */
    public static List<Parameter> of(ModelConfig config, Head head) {
        long hidden = config.hiddenSize();
        long vocabulary = config.vocabularySize();
        Architecture family = Architecture.of(config.modelType());
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(Parameter.of(Part.of(EMBEDDING, vocabulary, hidden)));
        for (int layer = 0; layer < config.layers(); layer++) {
            parameters.addAll(family.layer(config, LAYERS + layer + "."));
        }
        parameters.add(Parameter.of(Part.of("model.norm.weight", hidden)));
        if (head == Head.VALUE) {
            parameters.add(Parameter.of(Part.of(VALUE_WEIGHT, 1, hidden)));
            parameters.add(Parameter.of(Part.of(VALUE_BIAS, 1)));
        } else if (!config.tiedEmbeddings()) {
            parameters.add(Parameter.of(Part.of(OUTPUT, vocabulary, hidden)));
        }
        return parameters;
    }

    /** The tensors of the model's checkpoint, in the order in which {@link #of} stacks them. */
    public static List<Part> parts(ModelConfig config, Head head) {
        return of(config, head).stream()
                .flatMap(parameter -> parameter.parts().stream())
                .toList();
    }
}
