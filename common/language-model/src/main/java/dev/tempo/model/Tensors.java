package dev.tempo.model;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** A list of float32 tensors with one entry per parameter: weights or moments. Lives until closed. */
final class Tensors implements AutoCloseable {
    private final PtNDManager manager;
    private final List<Parameter> layout;
    private final List<PtNDArray> arrays;
    private final IValue list;

    private Tensors(PtNDManager manager, List<Parameter> layout, List<PtNDArray> arrays) {
        this.manager = manager;
        this.layout = layout;
        this.arrays = arrays;
        this.list = IValue.listFrom(arrays.toArray(PtNDArray[]::new));
    }

    /**
     * @param argument the name under which the list is an argument of {@link Script#train}
     * @param source appends a part's numbers to a buffer
     */
    static Tensors read(String argument, List<Parameter> layout, BiConsumer<Parameter.Part, ByteBuffer> source) {
        PtNDManager manager = Torch.newManager();
        try (PtNDManager reading = Torch.newManager()) {
            List<PtNDArray> arrays = new ArrayList<>();
            for (Parameter parameter : layout) {
                ByteBuffer bytes = DurableFile.littleEndian(Math.toIntExact(4 * parameter.size()));
                parameter.parts().forEach(part -> source.accept(part, bytes));
                PtNDArray array = reading.create(bytes.flip(), shape(parameter), DataType.FLOAT32);
                // A copy in memory of torch's own: aligned, and not Java's.
                PtNDArray own = (PtNDArray) array.duplicate();
                own.attach(manager);
                arrays.add(own);
                array.close();
            }
            arrays.forEach(array -> array.setName(argument + "[]"));
            return new Tensors(manager, layout, arrays);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static Shape shape(Parameter parameter) {
        return new Shape(parameter.shape().stream().mapToLong(Long::longValue).toArray());
    }

    /** As an argument of {@link Script#run}; not to be closed by the caller. */
    IValue list() {
        return list;
    }

    /** As arguments of {@link Script#train}. */
    List<PtNDArray> arrays() {
        return arrays;
    }

    /** The checkpoint tensors, each under its name with a prefix. */
    List<TensorWriter.Tensor> named(String prefix) {
        List<TensorWriter.Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < layout.size(); i++) {
            PtNDArray array = arrays.get(i);
            int offset = 0;
            for (Parameter.Part part : layout.get(i).parts()) {
                int from = offset;
                int length = Math.toIntExact(4 * part.size());
                tensors.add(new TensorWriter.Tensor(
                        prefix + part.name(),
                        part.shape(),
                        () -> array.toByteBuffer(false).slice(from, length).order(ByteOrder.LITTLE_ENDIAN)));
                offset += length;
            }
        }
        return tensors;
    }

    @Override
    public void close() {
        list.close();
        manager.close();
    }
}
