package dev.tempo.model.forward;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.tempo.model.Parameter;
import dev.tempo.model.WeightType;
import dev.tempo.model.device.ComputeDevice;
import dev.tempo.model.files.TensorWriter;
import dev.tempo.model.scripts.Script;
import dev.tempo.model.scripts.TensorSource;
import dev.tempo.model.scripts.Torch;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A list of tensors with one entry per parameter, such as the weights or an optimizer's moments. Its memory is freed by
 * {@link #close}.
 */
public final class Tensors implements AutoCloseable {
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
     * The tensors of a layout in float32, filled from sources.
     *
     * @param argument the name under which {@link Script#train} takes the list
     * @param source the numbers of each part
     */
    public static Tensors read(String argument, List<Parameter> layout, Function<Parameter.Part, TensorSource> source) {
        return read(argument, layout, source, parameter -> WeightType.FLOAT32, parameter -> false);
    }

    /**
     * The tensors of a layout, each in a type of its own, filled from sources. Only some megabytes at a time are held in the
     * type of the source.
     *
     * @param argument the name under which {@link Script#train} takes the list
     * @param source the numbers of each part
     * @param type the type of each parameter
     * @param inputsFirst whether a matrix [outputs, inputs] is laid out in memory as its transpose would be. Such tensors
     *     cannot be written to files
     */
    static Tensors read(
            String argument,
            List<Parameter> layout,
            Function<Parameter.Part, TensorSource> source,
            Function<Parameter, WeightType> type,
            Predicate<Parameter> inputsFirst) {
        // Asked for first, so that what is missing is said before anything is read.
        List<List<TensorSource>> found = layout.stream()
                .map(parameter -> parameter.parts().stream().map(source).toList())
                .toList();
        PtNDManager manager = Torch.newManager();
        try {
            List<PtNDArray> arrays = new ArrayList<>();
            for (int i = 0; i < layout.size(); i++) {
                Parameter parameter = layout.get(i);
                PtNDArray array = empty(manager, type.apply(parameter), parameter, inputsFirst.test(parameter));
                fill(array, parameter, found.get(i));
                arrays.add(array);
            }
            arrays.forEach(array -> array.setName(argument + "[]"));
            return new Tensors(manager, layout, arrays);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private static PtNDArray empty(PtNDManager manager, WeightType type, Parameter parameter, boolean inputsFirst) {
        long[] shape = parameter.shape().stream().mapToLong(Long::longValue).toArray();
        return inputsFirst ? empty(manager, "inputs_first", type, shape) : empty(manager, type, shape);
    }

    private static void fill(PtNDArray array, Parameter parameter, List<TensorSource> numbers) {
        long at = 0;
        for (int i = 0; i < numbers.size(); i++) {
            numbers.get(i).fill(array, at);
            at += parameter.parts().get(i).size();
        }
    }

    /**
     * A tensor on this process's device whose numbers are not set. Only scripts can read and write a type other than
     * float32.
     */
    public static PtNDArray empty(PtNDManager manager, WeightType type, long... shape) {
        if (type == WeightType.FLOAT32) {
            return (PtNDArray) manager.create(new Shape(shape), DataType.FLOAT32);
        }
        return empty(manager, "empty", type, shape);
    }

    private static PtNDArray empty(PtNDManager manager, String method, WeightType type, long... shape) {
        try (IValue size = IValue.listFrom(shape);
                IValue number = IValue.from((long) type.torchType());
                IValue device = IValue.from(ComputeDevice.current().toString())) {
            return Script.storage().tensor(manager, method, size, number, device);
        }
    }

    /** The same tensors under another name: both share their numbers. */
    Tensors alias(String argument) {
        PtNDManager aliases = Torch.newManager();
        List<PtNDArray> same = new ArrayList<>();
        for (PtNDArray array : arrays) {
            PtNDArray alias = (PtNDArray) array.stopGradient();
            alias.detach();
            alias.attach(aliases);
            alias.setName(argument + "[]");
            same.add(alias);
        }
        return new Tensors(aliases, layout, same);
    }

    /** The list as an argument of {@link Script#run}; not to be closed by the caller. */
    public IValue list() {
        return list;
    }

    /** The tensors as arguments of {@link Script#train}. */
    public List<PtNDArray> arrays() {
        return arrays;
    }

    /**
     * The first number that is NaN or infinite, in words: its tensor, its place there and what it is; null where all are
     * finite. One pass over the tensors.
     *
     * @param prefix what is put before the tensor's name
     */
    public @Nullable String notFinite(String prefix) {
        int found;
        try (IValue first = Script.storage().run("not_finite", list)) {
            found = Math.toIntExact(first.toLong());
        }
        if (found < 0) {
            return null;
        }
        long at = 0;
        for (Parameter.Part part : layout.get(found).parts()) {
            for (long done = 0; done < part.size(); done += TensorSource.CHUNK) {
                float[] numbers =
                        numbers(arrays.get(found), at + done, Math.min(TensorSource.CHUNK, part.size() - done));
                for (int i = 0; i < numbers.length; i++) {
                    if (!Float.isFinite(numbers[i])) {
                        return prefix + part.name() + " (number " + (done + i) + " is " + numbers[i] + ")";
                    }
                }
            }
            at += part.size();
        }
        throw new IllegalStateException(prefix + layout.get(found).name() + " is finite number by number");
    }

    private static float[] numbers(PtNDArray array, long from, long size) {
        try (PtNDManager manager = Torch.newManager();
                IValue of = IValue.from(array);
                IValue at = IValue.from(from);
                IValue count = IValue.from(size);
                IValue target = IValue.from((long) WeightType.FLOAT32.torchType())) {
            float[] numbers = new float[Math.toIntExact(size)];
            Script.storage()
                    .tensor(manager, "bytes", of, at, count, target)
                    .toByteBuffer(false)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(numbers);
            return numbers;
        }
    }

    /**
     * The checkpoint tensors that the list consists of, ready to be written.
     *
     * @param prefix what is put before each name
     * @param type the type in which the numbers are written
     */
    public List<TensorWriter.Tensor> named(String prefix, WeightType type) {
        List<TensorWriter.Tensor> tensors = new ArrayList<>();
        for (int i = 0; i < layout.size(); i++) {
            PtNDArray array = arrays.get(i);
            long offset = 0;
            for (Parameter.Part part : layout.get(i).parts()) {
                long from = offset;
                tensors.add(new TensorWriter.Tensor(
                        prefix + part.name(),
                        type,
                        part.shape(),
                        channel -> write(array, from, part.size(), type, channel)));
                offset += part.size();
            }
        }
        return tensors;
    }

    private static void write(PtNDArray array, long from, long size, WeightType type, WritableByteChannel channel)
            throws IOException {
        for (long done = 0; done < size; done += TensorSource.CHUNK) {
            try (PtNDManager manager = Torch.newManager();
                    IValue of = IValue.from(array);
                    IValue at = IValue.from(from + done);
                    IValue count = IValue.from(Math.min(TensorSource.CHUNK, size - done));
                    IValue target = IValue.from((long) type.torchType())) {
                TensorWriter.writeFully(
                        channel,
                        Script.storage()
                                .tensor(manager, "bytes", of, at, count, target)
                                .toByteBuffer(false));
            }
        }
    }

    @Override
    public void close() {
        list.close();
        manager.close();
    }
}
