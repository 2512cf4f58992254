package dev.tempo.model.scripts;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.WeightType;
import dev.tempo.model.device.ComputeDevice;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How the rows of a model's products are dealt into blocks on this machine, so that a row's bits do not depend on how many
 * rows are computed beside it. Found by {@link ProductProbe} once per machine, library and shape, and kept in
 * {@link ProbedRows}.
 *
 * @param kernels the resource whose methods multiply
 * @param cached of passes over a cache, whose matrices lie inputs first in memory
 * @param whole of passes over whole sequences, whose matrices may lie either way
 * @param promised false where no block gives a row the same bits at every place in it
 * @param digest of blocks and of the bits of some results: machines with another one compute other bits. Empty where nothing
 *     is promised
 */
public record ProductRows(String kernels, RowBlocks cached, RowBlocks whole, boolean promised, String digest) {
    public static final String KERNELS = "kernels";
    /** Of a device or type whose bits are not promised. */
    public static final ProductRows ANY = new ProductRows(KERNELS, RowBlocks.ANY, RowBlocks.ANY, false, "");

    private static final Map<ProductShapes, ProductRows> FOUND = new ConcurrentHashMap<>();

    /** Those of a model on this process's device. */
    public static ProductRows of(ModelConfig config, WeightType type) {
        if (type != WeightType.FLOAT32 || ComputeDevice.current().cuda()) {
            return ANY;
        }
        return FOUND.computeIfAbsent(ProductShapes.of(config), shapes -> {
            ProbedRows probed = ProbedRows.of(shapes);
            return probed.read().orElseGet(() -> probed.write(ProductProbe.find(shapes, KERNELS)));
        });
    }
}
