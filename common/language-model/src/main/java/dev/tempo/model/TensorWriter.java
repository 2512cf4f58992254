package dev.tempo.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes safetensors files of float32 tensors. */
final class TensorWriter {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int ALIGNMENT = 8;

    private TensorWriter() {}

    /** @param bytes gives the numbers in float32, row-major and little-endian, when the tensor's turn comes */
    record Tensor(String name, List<Long> shape, Supplier<ByteBuffer> bytes) {
        long length() {
            return 4 * shape.stream().reduce(1L, Math::multiplyExact);
        }
    }

    /** Writes a file that is either complete and synced to disk, or not there. */
    static void write(Path file, Map<String, String> metadata, List<Tensor> tensors) {
        ObjectNode header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            ObjectNode notes = header.putObject("__metadata__");
            metadata.forEach(notes::put);
        }
        long offset = 0;
        for (Tensor tensor : tensors) {
            ObjectNode entry = header.putObject(tensor.name);
            entry.put("dtype", "F32");
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
                writeFully(channel, tensor.bytes.get());
            }
        });
    }

    private static String padded(String json) {
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        return json + " ".repeat((ALIGNMENT - length % ALIGNMENT) % ALIGNMENT);
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
