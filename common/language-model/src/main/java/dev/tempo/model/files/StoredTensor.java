package dev.tempo.model.files;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.tempo.model.ModelFormatException;
import dev.tempo.model.WeightType;
import dev.tempo.model.scripts.Script;
import dev.tempo.model.scripts.TensorSource;
import dev.tempo.model.scripts.Torch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/**
 * A tensor in a safetensors file. Its bytes are mapped into memory one chunk at a time, so that nothing of the file stays in
 * memory.
 *
 * @param begin the position of its first byte in the file
 * @param size the number of entries
 */
public record StoredTensor(Path file, String name, WeightType type, long begin, long size) {
    private static final long MISALIGNED_CHUNK = 1 << 14;

    /** The tensor's numbers as a source with which a tensor in memory is filled. */
    public TensorSource numbers() {
        return this::fill;
    }

    private void fill(PtNDArray tensor, long at) {
        Script script = Script.storage();
        Shape shape = tensor.getShape();
        long row = shape.dimension() == 2 ? shape.get(1) : 1;
        long step = Math.max(1, chunk() / row) * row;
        for (long done = 0; done < size; done += step) {
            try (IValue into = IValue.from(tensor);
                    IValue place = IValue.from(at + done);
                    Chunk chunk = new Chunk(done, step)) {
                script.run("read", into, place, chunk.path, chunk.from, chunk.count, chunk.bytes, chunk.torchType)
                        .close();
            }
        }
        refuseNotFinite(script, tensor, at);
    }

    /** One look at the whole: small results between the chunks would keep the allocator from giving their memory back. */
    private void refuseNotFinite(Script script, PtNDArray tensor, long at) {
        try (IValue of = IValue.from(tensor);
                IValue place = IValue.from(at);
                IValue count = IValue.from(size);
                IValue found = script.run("not_finite_at", of, place, count)) {
            if (found.toLong() >= 0) {
                throw notFinite(found.toLong());
            }
        }
    }

    /**
     * Reads all numbers and refuses one that is NaN or infinite, as loading does. Needs no tensor library.
     *
     * @throws ModelFormatException naming file, tensor and number
     */
    public void requireFinite() {
        int exponent = type.exponentBits();
        try (FileChannel channel = FileChannel.open(file)) {
            for (long done = 0; done < size; done += TensorSource.CHUNK) {
                int count = (int) Math.min(TensorSource.CHUNK, size - done);
                ByteBuffer numbers = bytes(channel, begin + done * type.bytes(), count * type.bytes())
                        .order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < count; i++) {
                    int bits = type.bytes() == Integer.BYTES
                            ? numbers.getInt(Integer.BYTES * i)
                            : numbers.getShort(Short.BYTES * i);
                    if ((bits & exponent) == exponent) {
                        throw notFinite(done + i);
                    }
                }
            }
        } catch (IOException e) {
            throw new ModelFormatException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private ModelFormatException notFinite(long number) {
        return new ModelFormatException(file + ": tensor " + name + " has a number that is NaN or infinite, number "
                + number + " of " + size + ": nothing can be computed with such weights");
    }

    /** The tensor's numbers, which must be few enough for an array. */
    public float[] toFloatArray() {
        Torch.enter();
        try (PtNDManager manager = Torch.newHostManager()) {
            PtNDArray numbers = (PtNDArray) manager.create(new Shape(size), DataType.FLOAT32);
            fill(numbers, 0);
            return numbers.toFloatArray();
        }
    }

    /** Writes the numbers, converted if the wanted type is another one. */
    public void writeTo(WritableByteChannel channel, WeightType wanted) throws IOException {
        for (long done = 0; done < size; done += chunk()) {
            try (PtNDManager manager = Torch.newHostManager();
                    IValue target = IValue.from((long) wanted.torchType());
                    Chunk chunk = new Chunk(done, chunk())) {
                TensorWriter.writeFully(
                        channel,
                        Script.storage()
                                .tensor(
                                        manager,
                                        "converted",
                                        chunk.path,
                                        chunk.from,
                                        chunk.count,
                                        chunk.bytes,
                                        chunk.torchType,
                                        target)
                                .toByteBuffer(false));
            }
        }
    }

    /** Whether another tensor has the same type and the same bytes. */
    public boolean hasBytesOf(StoredTensor other) {
        if (type != other.type || size != other.size) {
            return false;
        }
        try (FileChannel mine = FileChannel.open(file);
                FileChannel others = FileChannel.open(other.file)) {
            boolean same = true;
            for (long done = 0; same && done < size; done += MISALIGNED_CHUNK) {
                long at = done * type.bytes();
                int count = (int) Math.min(MISALIGNED_CHUNK, size - done) * type.bytes();
                same = bytes(mine, begin + at, count).equals(bytes(others, other.begin + at, count));
            }
            return same;
        } catch (IOException e) {
            throw new ModelFormatException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static ByteBuffer bytes(FileChannel channel, long from, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
            continue;
        }
        return bytes.flip();
    }

    /**
     * The number of entries that are read at once. Numbers whose position in the file is no multiple of their size are
     * copied first: few at once, or the heap would keep the room.
     */
    private long chunk() {
        return begin % type.bytes() == 0 ? TensorSource.CHUNK : MISALIGNED_CHUNK;
    }

    /** A part of the file, mapped into memory, as the arguments of the script that reads or writes its numbers. */
    private final class Chunk implements AutoCloseable {
        private final IValue path = IValue.from(file.toString());
        private final IValue from;
        private final IValue count;
        private final IValue bytes = IValue.from((long) type.bytes());
        private final IValue torchType = IValue.from((long) type.torchType());

        Chunk(long first, long step) {
            from = IValue.from(begin + first * type.bytes());
            count = IValue.from(Math.min(step, size - first));
        }

        @Override
        public void close() {
            path.close();
            from.close();
            count.close();
            bytes.close();
            torchType.close();
        }
    }
}
