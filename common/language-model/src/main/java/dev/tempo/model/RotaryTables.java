package dev.tempo.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import org.jspecify.annotations.Nullable;

/**
 * Cosines and sines of rotary position embedding, [positions, head dimension]: entry j of position t has the angle
 * t theta^(-2j/D), j counted within each half. The first half of the sines is negated, so that a rotation is x cos +
 * roll(x, D/2) sin.
 */
final class RotaryTables implements AutoCloseable {
    private static final int SMALLEST = 64;

    private final int headDimension;
    private final double theta;
    private int positions;
    private @Nullable PtNDManager manager;
    private @Nullable PtNDArray cos;
    private @Nullable PtNDArray sin;

    RotaryTables(ModelConfig config) {
        this.headDimension = config.headDimension();
        this.theta = config.ropeTheta();
    }

    /** Makes the tables long enough. */
    void reach(int needed) {
        if (needed <= positions) {
            return;
        }
        close();
        positions = Math.max(SMALLEST, Integer.highestOneBit(needed - 1) * 2);
        float[] cosines = new float[positions * headDimension];
        float[] sines = new float[positions * headDimension];
        int half = headDimension / 2;
        for (int j = 0; j < half; j++) {
            float frequency = (float) Math.pow(theta, -2.0 * j / headDimension);
            for (int t = 0; t < positions; t++) {
                float angle = t * frequency;
                int at = t * headDimension + j;
                cosines[at] = (float) Math.cos(angle);
                cosines[at + half] = cosines[at];
                sines[at + half] = (float) Math.sin(angle);
                sines[at] = -sines[at + half];
            }
        }
        manager = Torch.newManager();
        Shape shape = new Shape(positions, headDimension);
        cos = (PtNDArray) manager.create(cosines, shape);
        sin = (PtNDArray) manager.create(sines, shape);
    }

    PtNDArray cos() {
        return reached(cos);
    }

    PtNDArray sin() {
        return reached(sin);
    }

    private static PtNDArray reached(@Nullable PtNDArray table) {
        if (table == null) {
            throw new IllegalStateException("no rotary table was asked for yet");
        }
        return table;
    }

    @Override
    public void close() {
        if (manager != null) {
            manager.close();
        }
        positions = 0;
    }
}
