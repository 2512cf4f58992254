package dev.tempo.model.scripts;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;

/** A source of the numbers with which a tensor in memory is filled. */
public interface TensorSource {
    /** The number of entries that are copied between file and tensor at once. */
    long CHUNK = 1 << 20;

    /**
     * Fills the flattened entries of a tensor from {@code at} on; whole rows if the tensor is a matrix that is laid out
     * inputs first.
     */
    void fill(PtNDArray tensor, long at);

    /** A source that gives the same number everywhere. */
    record Constant(double number, long size) implements TensorSource {
        @Override
        public void fill(PtNDArray tensor, long at) {
            try (IValue into = IValue.from(tensor);
                    IValue place = IValue.from(at);
                    IValue count = IValue.from(size);
                    IValue value = IValue.from(number)) {
                Script.storage().run("fill", into, place, count, value).close();
            }
        }
    }
}
