package dev.tempo.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A safetensors file, mapped into memory and read tensor by tensor: the length of a JSON header in 8 little-endian
 * bytes, the header, then the tensors' bytes, row-major and little-endian.
 */
final class TensorFile implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final long LONGEST_HEADER = 100_000_000;

    private final Path path;
    private final FileChannel channel;
    private final long dataStart;
    private final Map<String, Entry> entries;
    private final Map<String, String> metadata;

    /** @param begin of the bytes, relative to the end of the header */
    private record Entry(String type, List<Long> shape, long begin, long end) {}

    private TensorFile(
            Path path, FileChannel channel, long dataStart, Map<String, Entry> entries, Map<String, String> metadata) {
        this.path = path;
        this.channel = channel;
        this.dataStart = dataStart;
        this.entries = entries;
        this.metadata = metadata;
    }

    /** @throws ModelFormatException naming the file, and the tensor where one is at fault */
    static TensorFile open(Path path) {
        FileChannel channel;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new ModelFormatException(path + " is missing", e);
        } catch (IOException e) {
            throw new ModelFormatException(path + " cannot be read: " + e.getMessage(), e);
        }
        try {
            return open(path, channel);
        } catch (IOException | RuntimeException e) {
            try {
                channel.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            if (e instanceof ModelFormatException format) {
                throw format;
            }
            throw new ModelFormatException(path + " is no safetensors file: " + e.getMessage(), e);
        }
    }

    private static TensorFile open(Path path, FileChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer prefix = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        while (prefix.hasRemaining() && channel.read(prefix) >= 0) {}
        long headerLength = prefix.hasRemaining() ? -1 : prefix.getLong(0);
        if (headerLength < 2 || headerLength > LONGEST_HEADER || headerLength > size - 8) {
            throw new ModelFormatException(path + " is no safetensors file: its first 8 bytes give a header of "
                    + headerLength + " bytes in a file of " + size);
        }
        byte[] header = new byte[(int) headerLength];
        channel.map(FileChannel.MapMode.READ_ONLY, 8, headerLength).get(header);
        JsonNode root;
        try {
            root = JSON.readTree(new String(header, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw new ModelFormatException(path + " is no safetensors file: its header is no JSON", e);
        }
        Map<String, Entry> entries = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (field.getKey().equals("__metadata__")) {
                field.getValue()
                        .properties()
                        .forEach(note ->
                                metadata.put(note.getKey(), note.getValue().asString()));
            } else {
                entries.put(field.getKey(), entry(path, field.getKey(), field.getValue(), size - 8 - headerLength));
            }
        }
        return new TensorFile(path, channel, 8 + headerLength, entries, metadata);
    }

    private static Entry entry(Path path, String name, JsonNode node, long dataLength) {
        List<Long> shape = new ArrayList<>();
        node.path("shape").forEach(dimension -> shape.add(dimension.asLong(-1)));
        JsonNode offsets = node.path("data_offsets");
        Entry entry = new Entry(
                node.path("dtype").asString(""),
                List.copyOf(shape),
                offsets.path(0).asLong(-1),
                offsets.path(1).asLong(-1));
        long bytes = shape.stream().reduce(1L, Math::multiplyExact) * Floats.bytes(entry.type);
        if (entry.begin < 0 || entry.end > dataLength || (bytes >= 0 && entry.end - entry.begin != bytes)) {
            throw new ModelFormatException(path + ": tensor " + name + " of type " + entry.type + " and shape " + shape
                    + " has bytes " + entry.begin + " to " + entry.end + " of " + dataLength);
        }
        return entry;
    }

    Path path() {
        return path;
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    Map<String, String> metadata() {
        return Map.copyOf(metadata);
    }

    /**
     * Appends a tensor's numbers as float32 to a buffer.
     *
     * @throws ModelFormatException if the tensor is missing, has another shape or no floating-point type
     */
    void read(String name, List<Long> shape, ByteBuffer into) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new ModelFormatException(path + " has no tensor " + name);
        }
        if (!entry.shape.equals(shape)) {
            throw new ModelFormatException(
                    path + ": tensor " + name + " has shape " + entry.shape + ", but config.json asks for " + shape);
        }
        if (Floats.bytes(entry.type) < 0) {
            throw new ModelFormatException(
                    path + ": tensor " + name + " is of type " + entry.type + "; supported: F32, F16, BF16");
        }
        try {
            ByteBuffer bytes = channel.map(
                            FileChannel.MapMode.READ_ONLY, dataStart + entry.begin, entry.end - entry.begin)
                    .order(ByteOrder.LITTLE_ENDIAN);
            Floats.append(entry.type, bytes, into);
        } catch (IOException e) {
            throw new ModelFormatException(path + ": tensor " + name + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new ModelFormatException(path + " cannot be closed: " + e.getMessage(), e);
        }
    }

    /** Whether the file exists at all. */
    static boolean exists(Path path) {
        return Files.isRegularFile(path);
    }
}
