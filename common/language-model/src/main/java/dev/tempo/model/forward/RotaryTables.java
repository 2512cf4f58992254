package dev.tempo.model.forward;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.tempo.model.LayerAttention;
import dev.tempo.model.ModelConfig;
import dev.tempo.model.Rope;
import dev.tempo.model.WeightType;
import dev.tempo.model.scripts.Script;
import dev.tempo.model.scripts.Torch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tables of the cosines and sines of rotary position embedding, [kinds of attention, positions, head dimension]. The angle
 * of entry j at position t is t times the j-th inverse frequency, with j counted within each half of the head. The first
 * half of the sines is negated, so that a rotation is x cos + roll(x, D/2) sin.
 */
public final class RotaryTables implements AutoCloseable {
    private static final int SMALLEST = 64;

    private final int headDimension;
    private final List<Rope> ropes;
    private final WeightType type;
    private int positions;
    private @Nullable PtNDManager manager;
    private @Nullable PtNDArray cos;
    private @Nullable PtNDArray sin;
    private @Nullable IValue cosValue;
    private @Nullable IValue sinValue;

    /**
     * Makes empty tables; {@link #reach} fills them.
     *
     * @param type the type in which the model multiplies by them
     */
    public RotaryTables(ModelConfig config, WeightType type) {
        this.type = type;
        this.headDimension = config.headDimension();
        this.ropes = config.attentionKinds().stream().map(LayerAttention::rope).toList();
    }

    /** Extends the tables to at least {@code needed} positions. */
    public void reach(int needed) {
        if (needed <= positions) {
            return;
        }
        close();
        positions = Math.max(SMALLEST, Integer.highestOneBit(needed - 1) * 2);
        int size = Math.multiplyExact(ropes.size(), Math.multiplyExact(positions, headDimension));
        float[] cosines = new float[size];
        float[] sines = new float[size];
        for (int kind = 0; kind < ropes.size(); kind++) {
            fill(ropes.get(kind), kind * positions * headDimension, cosines, sines);
        }
        manager = Torch.newManager();
        Shape shape = new Shape(ropes.size(), positions, headDimension);
        cos = table(manager, cosines, shape);
        sin = table(manager, sines, shape);
        cosValue = IValue.from(cos);
        sinValue = IValue.from(sin);
    }

    private PtNDArray table(PtNDManager owner, float[] numbers, Shape shape) {
        PtNDArray wide = (PtNDArray) owner.create(numbers, shape);
        if (type == WeightType.FLOAT32) {
            return wide;
        }
        try (wide;
                IValue from = IValue.from(wide);
                IValue number = IValue.from((long) type.torchType())) {
            return Script.storage().tensor(owner, "cast", from, number);
        }
    }

    private void fill(Rope rope, int from, float[] cosines, float[] sines) {
        double[] frequencies = rope.inverseFrequencies(headDimension);
        double factor = rope.attentionFactor();
        int half = headDimension / 2;
        for (int j = 0; j < half; j++) {
            float frequency = (float) frequencies[j];
            for (int t = 0; t < positions; t++) {
                float angle = t * frequency;
                int at = from + t * headDimension + j;
                cosines[at] = (float) (factor * Math.cos(angle));
                cosines[at + half] = cosines[at];
                sines[at + half] = (float) (factor * Math.sin(angle));
                sines[at] = -sines[at + half];
            }
        }
    }

    public PtNDArray cos() {
        return reached(cos);
    }

    public PtNDArray sin() {
        return reached(sin);
    }

    /** The cosines as an argument of {@link Script#run}; not to be closed by the caller. */
    public IValue cosValue() {
        return reached(cosValue);
    }

    /** The sines as an argument of {@link Script#run}; not to be closed by the caller. */
    public IValue sinValue() {
        return reached(sinValue);
    }

    private static <T> T reached(@Nullable T table) {
        if (table == null) {
            throw new IllegalStateException("no rotary table was asked for yet");
        }
        return table;
    }

    @Override
    public void close() {
        if (manager != null && cosValue != null && sinValue != null) {
            cosValue.close();
            sinValue.close();
            manager.close();
            manager = null;
        }
        positions = 0;
    }
}
