package dev.tempo.model.export;

import dev.tempo.model.WeightType;
import dev.tempo.model.files.DurableFile;
import dev.tempo.model.files.TensorWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A writer of GGUF files of version 3: named values, the tensors' names, shapes and places, then the tensors one after the
 * other. Nothing of a tensor stays in memory.
 */
final class GgufWriter {
    private static final int VERSION = 3;
    /** Each tensor begins at a multiple of this from the first one's beginning. */
    private static final int ALIGNMENT = 32;

    private GgufWriter() {}

    /** The number by which GGUF files know a type (ggml_type). */
    private static int inFiles(WeightType type) {
        return switch (type) {
            case FLOAT32 -> 0;
            case FLOAT16 -> 1;
            case BFLOAT16 -> 30;
        };
    }

    /** Writes a file that is either complete and synced to disk, or not there. */
    static void write(Path file, GgufHeader values, List<TensorWriter.Tensor> tensors) {
        byte[] named = values.bytes();
        byte[] places = places(tensors);
        DurableFile.write(file, channel -> {
            ByteBuffer start = DurableFile.littleEndian(24);
            start.put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(VERSION);
            start.putLong(tensors.size()).putLong(values.count());
            TensorWriter.writeFully(channel, start.flip());
            TensorWriter.writeFully(channel, ByteBuffer.wrap(named));
            TensorWriter.writeFully(channel, ByteBuffer.wrap(places));
            pad(channel);
            for (TensorWriter.Tensor tensor : tensors) {
                long begin = channel.position();
                tensor.content().writeTo(channel);
                if (channel.position() - begin != tensor.length()) {
                    throw new IllegalStateException("tensor " + tensor.name() + " was to have " + tensor.length()
                            + " bytes, but has " + (channel.position() - begin));
                }
                pad(channel);
            }
        });
    }

    private static byte[] places(List<TensorWriter.Tensor> tensors) {
        GgufBytes places = new GgufBytes();
        long offset = 0;
        for (TensorWriter.Tensor tensor : tensors) {
            // The fastest dimension comes first there, and last in safetensors; the numbers lie alike.
            List<Long> shape = new ArrayList<>(tensor.shape());
            Collections.reverse(shape);
            places.text(tensor.name()).number(shape.size(), Integer.BYTES);
            shape.forEach(size -> places.number(size, Long.BYTES));
            places.number(inFiles(tensor.type()), Integer.BYTES).number(offset, Long.BYTES);
            offset += (tensor.length() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        }
        return places.all();
    }

    private static void pad(FileChannel channel) throws IOException {
        int missing = (int) ((ALIGNMENT - channel.position() % ALIGNMENT) % ALIGNMENT);
        TensorWriter.writeFully(channel, ByteBuffer.allocate(missing));
    }
}
