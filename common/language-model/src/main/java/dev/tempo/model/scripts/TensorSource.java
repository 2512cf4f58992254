package dev.tempo.model.scripts;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;

/** What a tensor in memory is filled with. */
public interface TensorSource {
    /** How many numbers go between file and tensor at once. */
    long CHUNK = 1 << 20;

    /** Fills the flattened positions of a tensor from {@code at} on; whole rows where it is a matrix inputs first. */
    void fill(PtNDArray tensor, long at);

    /** The same number everywhere. */
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
