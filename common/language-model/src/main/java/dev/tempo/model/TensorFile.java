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
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a safetensors file says that it holds: the length of a JSON header in 8 little-endian bytes, the header, then the
 * tensors' bytes, row-major and little-endian.
 */
final class TensorFile {
    private static final long LONGEST_HEADER = 100_000_000;

    private final Path path;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    /** @param begin of the bytes, from the file's start */
    private record Entry(String type, List<Long> shape, long begin, long end) {}

    private TensorFile(Path path) {
        this.path = path;
    }

    /** @throws ModelFormatException naming the file, and the tensor where one is at fault */
    static TensorFile open(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            TensorFile file = new TensorFile(path);
            file.readHeader(channel);
            return file;
        } catch (NoSuchFileException e) {
            throw new ModelFormatException(path + " is missing", e);
        } catch (IOException e) {
            throw new ModelFormatException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void readHeader(FileChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer prefix = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        long headerLength = fill(channel, prefix) ? prefix.getLong(0) : -1;
        if (headerLength < 2 || headerLength > LONGEST_HEADER || headerLength > size - 8) {
            throw new ModelFormatException(
                    path + " is no safetensors file, or cut short: its first 8 bytes give a header" + " of "
                            + headerLength + " bytes in a file of " + size);
        }
        ByteBuffer header = ByteBuffer.allocate((int) headerLength);
        JsonNode root;
        try {
            fill(channel, header);
            root = JsonMapper.shared().readTree(new String(header.array(), StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw new ModelFormatException(path + " is no safetensors file: its header is no JSON", e);
        }
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (field.getKey().equals("__metadata__")) {
                field.getValue()
                        .properties()
                        .forEach(note ->
                                metadata.put(note.getKey(), note.getValue().asString()));
            } else {
                entries.put(field.getKey(), entry(field.getKey(), field.getValue(), 8 + headerLength, size));
            }
        }
    }

    private static boolean fill(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                return false;
            }
        }
        return true;
    }

    private Entry entry(String name, JsonNode node, long dataStart, long size) {
        List<Long> shape = new ArrayList<>();
        node.path("shape").forEach(dimension -> shape.add(dimension.asLong(-1)));
        String type = node.path("dtype").asString("");
        long begin = node.path("data_offsets").path(0).asLong(-1);
        long end = node.path("data_offsets").path(1).asLong(-1);
        String described = path + ": tensor " + name + " of type " + type + " and shape " + shape + " has bytes "
                + begin + " to " + end;
        long wanted = WeightType.inFile(type)
                .map(known -> known.bytes() * size(name, shape))
                .orElse(end - begin);
        if (begin < 0 || begin > end || end - begin != wanted) {
            throw new ModelFormatException(described + ", which is not its size; the file is damaged, take it anew");
        }
        if (end > size - dataStart) {
            throw new ModelFormatException(
                    described + " of " + (size - dataStart) + "; the file is cut short, take it anew");
        }
        return new Entry(type, List.copyOf(shape), dataStart + begin, dataStart + end);
    }

    private long size(String name, List<Long> shape) {
        long size = 1;
        for (long dimension : shape) {
            if (dimension < 0 || (dimension > 0 && size > Long.MAX_VALUE / 8 / dimension)) {
                throw new ModelFormatException(path + ": tensor " + name + " has no possible shape but " + shape);
            }
            size *= dimension;
        }
        return size;
    }

    Path path() {
        return path;
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    Set<String> names() {
        return entries.keySet();
    }

    Map<String, String> metadata() {
        return Map.copyOf(metadata);
    }

    /**
     * Where a tensor's numbers lie.
     *
     * @throws ModelFormatException if the tensor is missing, has another shape or no floating-point type
     */
    StoredTensor find(String name, List<Long> shape) {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new ModelFormatException(path + " has no tensor " + name);
        }
        if (!entry.shape.equals(shape)) {
            throw new ModelFormatException(
                    path + ": tensor " + name + " has shape " + entry.shape + ", but config.json asks for " + shape);
        }
        WeightType type = WeightType.inFile(entry.type)
                .orElseThrow(() -> new ModelFormatException(
                        path + ": tensor " + name + " is of type " + entry.type + "; supported: F32, F16, BF16"));
        return new StoredTensor(path, name, type, entry.begin, (entry.end - entry.begin) / type.bytes());
    }

    /** Whether the file exists at all. */
    static boolean exists(Path path) {
        return Files.isRegularFile(path);
    }
}
