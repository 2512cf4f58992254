package dev.tempo.model.files;

import dev.tempo.model.WeightType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A writer of safetensors files. */
public final class TensorWriter {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int ALIGNMENT = 8;

    private TensorWriter() {}

    /** The content of a tensor, written row-major and little-endian when the file has reached its place. */
    @FunctionalInterface
    public interface Content {
        void writeTo(WritableByteChannel channel) throws IOException;
    }

    /** A tensor of a file that is to be written. */
    public record Tensor(String name, WeightType type, List<Long> shape, Content content) {
        /** A tensor of float32 numbers, which are given row-major and little-endian. */
        public static Tensor of(String name, List<Long> shape, Supplier<ByteBuffer> numbers) {
            return new Tensor(name, WeightType.FLOAT32, shape, channel -> writeFully(channel, numbers.get()));
        }

        /** The size of the numbers in bytes. */
        public long length() {
            return type.bytes() * shape.stream().reduce(1L, Math::multiplyExact);
        }
    }

    /** Writes a file that is either complete and synced to disk, or not there. */
    public static void write(Path file, Map<String, String> metadata, List<Tensor> tensors) {
        ObjectNode header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode notes = header.putObject("__metadata__");
            metadata.forEach(notes::put);
        }
        long offset = 0;
        for (Tensor tensor : tensors) {
            ObjectNode entry = header.putObject(tensor.name);
            entry.put("dtype", tensor.type.inFiles());
            ArrayNode shape = entry.putArray("shape");
            tensor.shape.forEach(shape::add);
            entry.putArray("data_offsets").add(offset).add(offset + tensor.length());
            offset += tensor.length();
        }
        byte[] json = padded(JSON.writeValueAsString(header)).getBytes(StandardCharsets.UTF_8);
        DurableFile.write(file, channel -> {
            ByteBuffer start = DurableFile.littleEndian(8 + json.length);
            writeFully(channel, start.putLong(json.length).put(json).flip());
            for (Tensor tensor : tensors) {
                tensor.content.writeTo(channel);
            }
        });
    }

    private static String padded(String json) {
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        return json + " ".repeat((ALIGNMENT - length % ALIGNMENT) % ALIGNMENT);
    }

    /** Writes all bytes that remain in a buffer. */
    public static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
