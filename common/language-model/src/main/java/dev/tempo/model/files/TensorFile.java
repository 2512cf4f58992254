package dev.tempo.model.files;

import dev.tempo.model.ModelFormatException;
import dev.tempo.model.WeightType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A safetensors file, whose header has been read: the length of a JSON header in 8 little-endian bytes, the header, then the
 * tensors' bytes, row-major and little-endian.
 */
public final class TensorFile {
    private static final long LONGEST_HEADER = 100_000_000;

    private final Path path;
    private final long dataStart;
    private final TensorHeader header;

    private TensorFile(Path path, long dataStart, TensorHeader header) {
        this.path = path;
        this.dataStart = dataStart;
        this.header = header;
    }

    /**
     * The file at a path; only its header is read.
     *
     * @throws ModelFormatException naming the file, and the tensor where one is at fault
     */
    public static TensorFile open(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return read(path, channel);
        } catch (NoSuchFileException e) {
            throw new ModelFormatException(path + " is missing", e);
        } catch (IOException e) {
            throw new ModelFormatException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static TensorFile read(Path path, FileChannel channel) throws IOException {
        long size = channel.size();
        ByteBuffer prefix = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        long length = fill(channel, prefix) ? prefix.getLong(0) : -1;
        if (length < 2 || length > LONGEST_HEADER || length > size - 8) {
            throw new ModelFormatException(path + " is no safetensors file, or cut short: "
                    + (size < 8
                            ? "it has " + size + " bytes"
                            : "its first 8 bytes give a header of " + Long.toUnsignedString(length)
                                    + " bytes in a file of " + size));
        }
        ByteBuffer json = ByteBuffer.allocate((int) length);
        if (!fill(channel, json)) {
            throw new ModelFormatException(path + " has become shorter while it was read");
        }
        return new TensorFile(path, 8 + length, TensorHeader.read(path, json.flip(), size - 8 - length));
    }

    private static boolean fill(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                return false;
            }
        }
        return true;
    }

    public Path path() {
        return path;
    }

    public boolean has(String name) {
        return header.entries().containsKey(name);
    }

    public Set<String> names() {
        return header.entries().keySet();
    }

    /** The texts that the header holds under {@code __metadata__}. */
    public Map<String, String> metadata() {
        return Map.copyOf(header.metadata());
    }

    /**
     * The place of a tensor's numbers.
     *
     * @throws ModelFormatException if the tensor is missing, has another shape or no floating-point type
     */
    public StoredTensor find(String name, List<Long> shape) {
        TensorHeader.Entry entry = header.entries().get(name);
        if (entry == null) {
            throw new ModelFormatException(path + " has no tensor " + name);
        }
        if (!entry.shape().equals(shape)) {
            throw new ModelFormatException(
                    path + ": tensor " + name + " has shape " + entry.shape() + ", but config.json asks for " + shape);
        }
        WeightType type = WeightType.inFile(entry.type())
                .orElseThrow(() -> new ModelFormatException(
                        path + ": tensor " + name + " is of type " + entry.type() + "; supported: F32, F16, BF16"));
        return new StoredTensor(
                path, name, type, dataStart + entry.begin(), (entry.end() - entry.begin()) / type.bytes());
    }

    /** Whether the file exists. */
    public static boolean exists(Path path) {
        return Files.isRegularFile(path);
    }
}
