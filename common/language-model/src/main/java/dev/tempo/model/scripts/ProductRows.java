package dev.tempo.model.scripts;

import dev.tempo.model.ModelConfig;
import dev.tempo.model.WeightType;
import dev.tempo.model.device.ComputeDevice;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The blocks of rows in which this machine computes a model's matrix products, so that a row's bits do not depend on how
 * many rows are computed beside it. Found by {@link ProductProbe} once per machine, library and shape, and kept in {@link
 * ProbedRows}.
 *
 * @param kernels the script resource whose methods multiply
 * @param cached the blocks of passes over a cache, whose matrices are laid out inputs first in memory
 * @param whole the blocks of passes over whole sequences, whose matrices may be laid out either way
 * @param promised false where no block gives a row the same bits at every place in it
 * @param digest of the blocks and of the bits of some results: machines with another digest compute other bits. Empty where
 *     nothing is promised
 */
public record ProductRows(String kernels, RowBlocks cached, RowBlocks whole, boolean promised, String digest) {
    /** The script resource with the library's own products. */
    public static final String KERNELS = "kernels";
    /** The blocks for a device or type whose bits are not promised: any number of rows. */
    public static final ProductRows ANY = new ProductRows(KERNELS, RowBlocks.ANY, RowBlocks.ANY, false, "");

    private static final Map<ProductShapes, ProductRows> FOUND = new ConcurrentHashMap<>();

    /** The blocks of a model on this process's device. Probes the library if that has not been done on this machine. */
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
