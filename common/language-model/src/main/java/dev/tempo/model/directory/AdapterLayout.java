package dev.tempo.model.directory;

import dev.tempo.contract.recipe.LowRank;
import dev.tempo.model.Architecture;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.ModelLayout;
import dev.tempo.model.Parameter;
import java.util.ArrayList;
import java.util.List;

/**
 * The tensors of a LoRA adapter under PEFT's names, in the order in which scripts take them, and the projections that they
 * belong to.
 */
public final class AdapterLayout {
    /** The prefix by which PEFT's names of tensors differ from those of the adapted model. */
    public static final String PREFIX = "base_model.model.";

    private static final String A = ".lora_A.weight";
    private static final String B = ".lora_B.weight";
    private static final String WEIGHT = ".weight";

    private AdapterLayout() {}

    /**
     * An adapted projection within the weights of its layer.
     *
     * @param index which of the layer's {@link Parameter parameters} the projection is part of, counted from 0
     * @param row the first row of that parameter that belongs to the projection
     */
    public record Place(int index, long row) {}

    /** The adapted projections of all layers, in the order of {@link #of}. */
    public static List<Place> places(ModelConfig config, LowRank lora) {
        List<Place> places = new ArrayList<>();
        List<Parameter> layer = Architecture.of(config.modelType()).layer(config, "");
        for (int index = 0; index < layer.size(); index++) {
            long row = 0;
            for (Parameter.Part part : layer.get(index).parts()) {
                if (isTarget(part, lora)) {
                    places.add(new Place(index, row));
                }
                row += part.shape().get(0);
            }
        }
        return places;
    }

    /**
     * The adapter's tensors: for every layer and adapted projection A [rank, inputs], then B [outputs, rank]; behind them a
     * critic's head.
     */
    public static List<Parameter> of(ModelConfig config, LowRank lora, Head head) {
        List<Parameter> parameters = new ArrayList<>();
        for (Parameter.Part part : ModelLayout.parts(config, head)) {
            if (part.name().startsWith(ModelLayout.LAYERS) && isTarget(part, lora)) {
                String module = PREFIX + part.name().substring(0, part.name().length() - WEIGHT.length());
                long outputs = part.shape().get(0);
                long inputs = part.shape().get(1);
                parameters.add(Parameter.of(Parameter.Part.of(module + A, lora.rank(), inputs)));
                parameters.add(Parameter.of(Parameter.Part.of(module + B, outputs, lora.rank())));
            }
        }
        if (head == Head.VALUE) {
            parameters.add(Parameter.of(Parameter.Part.of(PREFIX + ModelLayout.VALUE_WEIGHT, 1, config.hiddenSize())));
            parameters.add(Parameter.of(Parameter.Part.of(PREFIX + ModelLayout.VALUE_BIAS, 1)));
        }
        return parameters;
    }

    /** Whether a tensor is the matrix A of some projection. */
    public static boolean isA(Parameter.Part part) {
        return part.name().endsWith(A);
    }

    /** Whether a tensor is the matrix B of some projection. */
    public static boolean isB(Parameter.Part part) {
        return part.name().endsWith(B);
    }

    private static boolean isTarget(Parameter.Part part, LowRank lora) {
        return lora.targets().stream().anyMatch(target -> part.name().endsWith("." + target + WEIGHT));
    }
}
