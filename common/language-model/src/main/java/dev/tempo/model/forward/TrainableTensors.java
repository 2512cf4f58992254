package dev.tempo.model.forward;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.tempo.contract.recipe.LowRank;
import dev.tempo.model.Head;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Parameter;
import dev.tempo.model.directory.Adapter;
import dev.tempo.model.directory.AdapterLayout;
import dev.tempo.model.scripts.Script;
import dev.tempo.model.scripts.Torch;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The tensors that a trainer changes, in the order in which adapting.torchscript takes them: the matrices of a LoRA adapter,
 * or all weights of a model whose mini-batches are computed in parts.
 */
public final class TrainableTensors implements AutoCloseable {
    private static final int FLOAT32 = 6;
    private static final int BFLOAT16 = 15;
    /** The number of logits that are held at once. */
    private static final int LOGITS = 1 << 24;

    private static final int FEWEST_ROWS = 16;

    private final PtNDManager manager = Torch.newManager();
    private final Tensors tensors;
    private final PtNDArray places;
    private final PtNDArray plan;

    /**
     * Makes the script's arguments for tensors.
     *
     * @param tensors closed together with this object
     * @param at the projection to which each pair of matrices belongs; none where the tensors are a model's weights
     */
    private TrainableTensors(
            Tensors tensors, List<AdapterLayout.Place> at, double scale, boolean bfloat16, ModelConfig config) {
        this.tensors = tensors;
        long[] numbers = at.stream()
                .flatMapToLong(place -> LongStream.of(place.index(), place.row()))
                .toArray();
        this.places = (PtNDArray) Torch.onHost(manager).create(numbers, new Shape(at.size(), 2));
        int rows = Math.max(FEWEST_ROWS, LOGITS / config.vocabularySize());
        this.plan = (PtNDArray) Torch.onHost(manager).create(new double[] {scale, bfloat16 ? BFLOAT16 : FLOAT32, rows});
    }

    /** The trainable tensors of a trainer that changes all weights. */
    public static TrainableTensors weights(Tensors weights, boolean bfloat16, ModelConfig config) {
        return new TrainableTensors(weights.alias("trained"), List.of(), 0, bfloat16, config);
    }

    /**
     * The trainable tensors of a trainer that changes a LoRA adapter.
     *
     * @param matrices A and B of every adapted projection, in the order of {@link AdapterLayout#of}
     */
    public static TrainableTensors lora(Tensors matrices, LowRank lora, boolean bfloat16, ModelConfig config) {
        return new TrainableTensors(matrices, AdapterLayout.places(config, lora), lora.scale(), bfloat16, config);
    }

    /** Adds the products B A of an adapter to the weights of its base, for good. */
    static void merge(Adapter adapter, Tensors weights, Script script, ModelConfig config) {
        List<Parameter> layout = AdapterLayout.of(config, adapter.settings(), Head.VOCABULARY);
        try (TrainableTensors trained = lora(
                        Tensors.read(
                                "trained", layout, part -> adapter.find(part).numbers()),
                        adapter.settings(),
                        false,
                        config);
                IValue places = IValue.from(trained.places);
                IValue scale = IValue.from(adapter.settings().scale())) {
            script.run("merge", weights.list(), trained.tensors.list(), places, scale)
                    .close();
        }
    }

    public Tensors tensors() {
        return tensors;
    }

    /**
     * The adapted projections, [projections, 2] in the processor's memory: index of the layer's parameter, first row in it.
     */
    public PtNDArray places() {
        return places;
    }

    /**
     * Three numbers in the processor's memory: LoRA's scale, torch's number of the type of matrix products, rows of logits
     * that are held at once.
     */
    public PtNDArray plan() {
        return plan;
    }

    @Override
    public void close() {
        tensors.close();
        manager.close();
    }
}
