package dev.tempo.model.inference;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.tempo.model.scripts.Torch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of one pass over the cache, as decoding.torchscript takes them: one tensor in float64, which holds ids and
 * cells exactly, in memory that the next pass uses again. Columns that are not added are padding.
 */
final class PassNumbers implements AutoCloseable {
    private static final int PER_DRAW = 6;

    private final PtNDManager manager = Torch.newManager();
    private final boolean copied = manager.getDevice().isGpu();
    private final int keyValueHeads;
    private final long unused;
    private ByteBuffer memory = ByteBuffer.allocateDirect(0);
    private DoubleBuffer numbers = memory.asDoubleBuffer();
    private int width;
    private int rows;
    private int count;
    private @Nullable PtNDArray array;
    private @Nullable IValue value;

    /**
     * Makes the memory for passes over a cache.
     *
     * @param cells the number of cells; padding tokens write behind the last one
     */
    PassNumbers(int keyValueHeads, long cells) {
        this.keyValueHeads = keyValueHeads;
        this.unused = cells;
    }

    /**
     * Begins the next pass.
     *
     * @param tokens the number of tokens that it runs, padding included
     * @param draws whether it also draws tokens
     */
    void clear(int tokens, boolean draws) {
        width = tokens;
        rows = 3 + 2 * keyValueHeads + (draws ? PER_DRAW : 0);
        int bytes = Math.multiplyExact(Double.BYTES, Math.multiplyExact(rows, width));
        if (memory.capacity() < bytes) {
            memory = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
            numbers = memory.asDoubleBuffer();
        }
        memory.limit(bytes);
        for (count = 0; count < width; count++) {
            put(count, 0, 0, 0, unused, 1);
        }
        count = 0;
    }

    void add(int id, int position, int padding, long cell, int capacity) {
        put(count++, id, position, padding, cell, capacity);
    }

    private void put(int at, int id, int position, int padding, long cell, int capacity) {
        numbers.put(at, id);
        numbers.put(width + at, position);
        numbers.put(2 * width + at, padding);
        int keys = 3 * width + at * keyValueHeads;
        int values = keys + width * keyValueHeads;
        long plane = unused + keyValueHeads;
        for (int head = 0; head < keyValueHeads; head++) {
            numbers.put(keys + head, cell + (long) head * capacity);
            numbers.put(values + head, plane + cell + (long) head * capacity);
        }
    }

    /** The part of the memory for the numbers that tokens are drawn with, [6, width]. */
    DoubleBuffer draws() {
        int at = (rows - PER_DRAW) * width;
        return numbers.duplicate().position(at).limit(rows * width).slice();
    }

    /**
     * The tensor as a script's argument: valid until the next pass begins, and not to be closed. On a processor it shares
     * this memory, on a GPU it is a copy.
     */
    IValue value() {
        Shape shape = new Shape(rows, width);
        IValue present = value;
        if (present == null || array == null || copied || !array.getShape().equals(shape)) {
            release();
            array = (PtNDArray) manager.create(memory, shape, DataType.FLOAT64);
            present = IValue.from(array);
            value = present;
        }
        return present;
    }

    private void release() {
        if (value != null) {
            value.close();
        }
        if (array != null) {
            array.close();
        }
    }

    @Override
    public void close() {
        release();
        manager.close();
    }
}
