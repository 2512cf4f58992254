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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tables of the cosines and sines of rotary position embedding, [kinds of attention, positions, head dimension]. The angle
 * of entry j at position t is t times the j-th inverse frequency, with j counted within each half of the head. The first
 * half of the sines is negated, so that a rotation is x cos + roll(x, D/2) sin. Safe for use by several threads until closed.
 */
public final class RotaryTables implements AutoCloseable {
    private static final int SMALLEST = 64;

    private final int headDimension;
    private final List<Rope> ropes;
    private final WeightType type;
    private final List<Filled> outgrown = new ArrayList<>();
    private volatile @Nullable Filled filled;

    /** Tables of a number of positions. */
    private record Filled(
            int positions, PtNDManager manager, PtNDArray cos, PtNDArray sin, IValue cosValue, IValue sinValue) {
        void close() {
            cosValue.close();
            sinValue.close();
            manager.close();
        }
    }

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

    /** Extends the tables to at least {@code needed} positions; shorter ones, which others may be reading, stay. */
    public void reach(int needed) {
        Filled present = filled;
        if (present == null || needed > present.positions) {
            extend(needed);
        }
    }

    private synchronized void extend(int needed) {
        Filled present = filled;
        if (present != null) {
            if (needed <= present.positions) {
                return;
            }
            outgrown.add(present);
        }
        filled = fill(Math.max(SMALLEST, Integer.highestOneBit(needed - 1) * 2));
    }

    private Filled fill(int positions) {
        int size = Math.multiplyExact(ropes.size(), Math.multiplyExact(positions, headDimension));
        float[] cosines = new float[size];
        float[] sines = new float[size];
        for (int kind = 0; kind < ropes.size(); kind++) {
            fill(ropes.get(kind), positions, kind * positions * headDimension, cosines, sines);
        }
        PtNDManager manager = Torch.newManager();
        Shape shape = new Shape(ropes.size(), positions, headDimension);
        PtNDArray cos = table(manager, cosines, shape);
        PtNDArray sin = table(manager, sines, shape);
        return new Filled(positions, manager, cos, sin, IValue.from(cos), IValue.from(sin));
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

    private void fill(Rope rope, int positions, int from, float[] cosines, float[] sines) {
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
        return reached().cos;
    }

    public PtNDArray sin() {
        return reached().sin;
    }

    /** The cosines as an argument of {@link Script#run}; not to be closed by the caller. */
    public IValue cosValue() {
        return reached().cosValue;
    }

    /** The sines as an argument of {@link Script#run}; not to be closed by the caller. */
    public IValue sinValue() {
        return reached().sinValue;
    }

    private Filled reached() {
        Filled present = filled;
        if (present == null) {
            throw new IllegalStateException("no rotary table was asked for yet");
        }
        return present;
    }

    @Override
    public synchronized void close() {
        Filled present = filled;
        if (present != null) {
            outgrown.add(present);
            filled = null;
        }
        outgrown.forEach(Filled::close);
        outgrown.clear();
    }
}
