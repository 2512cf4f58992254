package dev.tempo.model.planning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import dev.tempo.model.scripts.Torch;
import java.lang.management.ManagementFactory;

/**
 * The rates at which one thread of this machine multiplies and reads. Measured by processor time, so that other programs do
 * not count.
 *
 * @param operations floating-point operations a second of float32 matrix products that are large enough to be fast
 * @param bytes a second of reading a tensor larger than the processor's cache
 */
public record MachineRates(double operations, double bytes) {
    private static final int SIZE = 1024;
    private static final int TURNS = 20;
    private static final int READ = 1 << 24;

    /** The rates of this machine, which takes about a second. */
    public static MachineRates measure() {
        return new MachineRates(peak(), reading());
    }

    /** The floating-point operations a second of a product of two matrices of 1024 x 1024, the fastest of 20. */
    public static double peak() {
        Torch.enter();
        try (PtNDManager manager = Torch.newManager()) {
            NDArray a = manager.randomNormal(new Shape(SIZE, SIZE));
            return 2.0 * SIZE * SIZE * SIZE / fastest(() -> a.matMul(a).close());
        }
    }

    private static double reading() {
        Torch.enter();
        try (PtNDManager manager = Torch.newManager()) {
            NDArray a = manager.zeros(new Shape(READ));
            return (double) READ * Float.BYTES / fastest(() -> a.sum().close());
        }
    }

    private static double fastest(Runnable work) {
        double fastest = Double.MAX_VALUE;
        for (int turn = 0; turn < TURNS; turn++) {
            double begun = now();
            work.run();
            fastest = Math.min(fastest, now() - begun);
        }
        return fastest;
    }

    private static double now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }
}
