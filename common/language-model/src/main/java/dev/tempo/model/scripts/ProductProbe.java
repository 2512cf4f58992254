package dev.tempo.model.scripts;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A probe of the library's matrix products: it finds the numbers of rows for which a row's bits depend on the row alone, by
 * computing the same rows in every such number and at every place. Which instructions a library chooses follows from sizes
 * and processor, never from the numbers multiplied, so what holds for the probe's numbers holds for all.
 */
final class ProductProbe {
    /** The candidates for the fewest rows of a block, cheapest first for single responses. */
    private static final int[] UNITS = {2, 4, 6, 8, 12, 16, 24, 32};
    /** The number of rows beyond which a product becomes no faster. */
    private static final int MOST = 128;
    /** The number of rows beyond which a product with a small matrix becomes no faster. */
    private static final int MOST_OF_SMALL = 256;

    private static final long SMALL = 1 << 16;
    /** The number of rows at which the search for larger blocks ends. */
    private static final int ENOUGH = 64;

    private final Script script;
    private final ProductShapes shapes;

    private ProductProbe(Script script, ProductShapes shapes) {
        this.script = script;
        this.shapes = shapes;
    }

    /**
     * The blocks of rows for some shapes.
     *
     * @param kernels the script resource whose methods multiply
     */
    static ProductRows find(ProductShapes shapes, String kernels) {
        Torch.enter();
        return new ProductProbe(Script.probing(kernels), shapes).find(kernels);
    }

    private ProductRows find(String kernels) {
        RowBlocks cached = blocks(false);
        RowBlocks whole = cached.equals(RowBlocks.ANY) ? RowBlocks.ANY : blocks(true);
        if (whole.equals(RowBlocks.ANY)) {
            return new ProductRows(kernels, RowBlocks.ANY, RowBlocks.ANY, false, "");
        }
        return new ProductRows(kernels, cached, whole, true, digest(cached, whole));
    }

    /**
     * The blocks that give every row the same bits in all shapes; {@link RowBlocks#ANY} if there are none.
     *
     * @param alsoOutputsFirst whether this must also hold for matrices that are laid out outputs first in memory
     */
    private RowBlocks blocks(boolean alsoOutputsFirst) {
        RowBlocks best = RowBlocks.ANY;
        for (int unit : UNITS) {
            int most = most(unit, alsoOutputsFirst);
            if (most > 0 && (best.equals(RowBlocks.ANY) || most > best.most())) {
                best = new RowBlocks(unit, most);
            }
            if (most >= ENOUGH) {
                break;
            }
        }
        return best;
    }

    private int most(int unit, boolean alsoOutputsFirst) {
        int most = limit() / unit * unit;
        for (ProductShapes.Shape shape : shapes.shapes()) {
            most = Math.min(most, agreeing(shape, false, unit, most));
            if (alsoOutputsFirst && most > 0) {
                most = Math.min(most, agreeing(shape, true, unit, most));
            }
            if (most == 0) {
                break;
            }
        }
        return most;
    }

    private int limit() {
        boolean small = shapes.shapes().stream().allMatch(shape -> (long) shape.inputs() * shape.outputs() <= SMALL);
        return small ? MOST_OF_SMALL : MOST;
    }

    private int agreeing(ProductShapes.Shape shape, boolean outputsFirst, int unit, int most) {
        try (IValue inputs = IValue.from((long) shape.inputs());
                IValue outputs = IValue.from((long) shape.outputs());
                IValue layout = IValue.from(outputsFirst);
                IValue fewest = IValue.from((long) unit);
                IValue limit = IValue.from((long) most);
                IValue found = script.run("agreeing", inputs, outputs, layout, fewest, limit)) {
            return (int) found.toLong();
        }
    }

    private String digest(RowBlocks cached, RowBlocks whole) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        digest.update((cached + ", " + whole).getBytes(StandardCharsets.UTF_8));
        for (ProductShapes.Shape shape : shapes.shapes()) {
            for (boolean outputsFirst : new boolean[] {false, true}) {
                try (PtNDManager manager = Torch.newManager();
                        IValue inputs = IValue.from((long) shape.inputs());
                        IValue outputs = IValue.from((long) shape.outputs());
                        IValue layout = IValue.from(outputsFirst);
                        IValue rows = IValue.from((long) (outputsFirst ? whole : cached).unit())) {
                    PtNDArray traces = script.tensor(manager, "traces", inputs, outputs, layout, rows);
                    digest.update(traces.toByteBuffer(false));
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, 16).toLowerCase(Locale.ROOT);
    }
}
