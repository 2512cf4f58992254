package dev.tempo.model;

import dev.tempo.model.Parameter.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The parameters of a model in the order in which its script takes them: embedding, layers, final norm, head. */
public final class ModelLayout {
    public static final String VALUE_WEIGHT = "value_head.weight";
    public static final String VALUE_BIAS = "value_head.bias";
    public static final String EMBEDDING = "model.embed_tokens.weight";
    public static final String LAYERS = "model.layers.";
    public static final String OUTPUT = "lm_head.weight";
    private static final String NORM = "model.norm.weight";
    private static final Set<String> OTHERS = Set.of(EMBEDDING, NORM, OUTPUT, VALUE_WEIGHT, VALUE_BIAS);
    private static final Pattern OF_A_LAYER = Pattern.compile(Pattern.quote(LAYERS) + "(0|[1-9]\\d{0,8})\\.(.*)");

    private ModelLayout() {}

    /** The parameters of a model with a head, in the order in which its script takes them. */
    public static List<Parameter> of(ModelConfig config, Head head) {
        return oneByOne(config, head).toList();
    }

    /** The tensors of the model's checkpoint, in the order in which {@link #of} stacks them. */
    public static List<Part> parts(ModelConfig config, Head head) {
        return partsOneByOne(config, head).toList();
    }

    /** The same as {@link #parts}, made a layer at a time: who stops early has paid for no layer that only a config speaks of. */
    public static Stream<Part> partsOneByOne(ModelConfig config, Head head) {
        return oneByOne(config, head).flatMap(parameter -> parameter.parts().stream());
    }

    private static Stream<Parameter> oneByOne(ModelConfig config, Head head) {
        Architecture family = Architecture.of(config.modelType());
        Stream<Parameter> layers = IntStream.range(0, config.layers())
                .boxed()
                .flatMap(layer -> family.layer(config, LAYERS + layer + ".").stream());
        return Stream.of(Stream.of(embedding(config)), layers, behindLayers(config, head).stream())
                .flatMap(parameters -> parameters);
    }

    /**
     * The number of a model's weights, with tied ones counted once; one layer is counted for all.
     *
     * @throws ArithmeticException if they are more than a long holds
     */
    public static long weights(ModelConfig config, Head head) {
        long aLayer = sum(Architecture.of(config.modelType()).layer(config, LAYERS));
        long others = Math.addExact(embedding(config).size(), sum(behindLayers(config, head)));
        return Math.addExact(Math.multiplyExact(aLayer, config.layers()), others);
    }

    private static long sum(List<Parameter> parameters) {
        return parameters.stream()
                .flatMap(parameter -> parameter.parts().stream())
                .mapToLong(Part::size)
                .reduce(0, Math::addExact);
    }

    private static Parameter embedding(ModelConfig config) {
        return Parameter.of(Part.of(EMBEDDING, config.vocabularySize(), config.hiddenSize()));
    }

    private static List<Parameter> behindLayers(ModelConfig config, Head head) {
        long hidden = config.hiddenSize();
        List<Parameter> parameters = new ArrayList<>(List.of(Parameter.of(Part.of(NORM, hidden))));
        if (head == Head.VALUE) {
            parameters.add(Parameter.of(Part.of(VALUE_WEIGHT, 1, hidden)));
            parameters.add(Parameter.of(Part.of(VALUE_BIAS, 1)));
        } else if (!config.tiedEmbeddings()) {
            parameters.add(Parameter.of(Part.of(OUTPUT, config.vocabularySize(), hidden)));
        }
        return parameters;
    }

    /**
     * The test whether a name is that of one of the model's tensors, whatever its head; that of an output head always is, since a file
     * may repeat the embedding. It asks for the number in a name and holds no names of all layers.
     */
    public static Predicate<String> names(ModelConfig config) {
        Set<String> ofALayer = Architecture.of(config.modelType()).layer(config, "").stream()
                .flatMap(parameter -> parameter.parts().stream())
                .map(Part::name)
                .collect(Collectors.toSet());
        return tensor -> {
            Matcher layer = OF_A_LAYER.matcher(tensor);
            return layer.matches()
                    ? Integer.parseInt(layer.group(1)) < config.layers() && ofALayer.contains(layer.group(2))
                    : OTHERS.contains(tensor);
        };
    }
}
