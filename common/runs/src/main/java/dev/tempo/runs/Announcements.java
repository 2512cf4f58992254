package dev.tempo.runs;

import dev.tempo.timeline.OpenSpan;
import dev.tempo.timeline.SpanKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The messages that announced a run's versions or measurements, kept beside the run by the service that wrote them: should the broker
 * lose them, they are announced again. A line holds a version's number, the SHA-256 of its message and the message; of several lines
 * for a version the last counts. One process at a time writes; one that was frozen meanwhile adds a line that says the same.
 */
public final class Announcements {
    private final Path file;

    Announcements(Path file) {
        this.file = file;
    }

    private static String line(int version, byte[] message) {
        return version + " " + DigestUtils.sha256Hex(message) + " " + new String(message, StandardCharsets.UTF_8)
                + "\n";
    }

    /**
     * Adds a message for an owner, by writing the whole file anew: one that was frozen and has a successor adds nothing.
     *
     * @throws dev.tempo.contract.FencedException if another one has taken the files over
     */
    void add(Ownership owner, int version, byte[] message) {
        try {
            String before = Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
            String text = before + (before.isEmpty() || before.endsWith("\n") ? "" : "\n") + line(version, message);
            OwnedFile.write(owner, file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    /** Adds a message, which has no line break. When this returns it outlives a crash of the machine. */
    public void add(int version, byte[] message) {
        String line = line(version, message);
        try (OpenSpan ended = OpenSpan.within(SpanKind.WRITING, "announcement")) {
            boolean begins = !Files.exists(file);
            if (begins) {
                Files.createDirectories(file.resolveSibling(""));
            }
            // what a crash left of a line must not swallow this one
            String text = !begins && endsWithinLine() ? "\n" + line : line;
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                TrainerFiles.force(channel);
            }
            if (begins) {
                TrainerFiles.sync(file.resolveSibling(""));
                TrainerFiles.sync(file.resolveSibling("").resolveSibling(""));
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot write " + file, unwritable);
        }
    }

    private boolean endsWithinLine() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
        }
    }

    /** The messages by version. What is torn or damaged is left out. */
    public NavigableMap<Integer, byte[]> all() {
        NavigableMap<Integer, byte[]> messages = new TreeMap<>();
        try {
            if (Files.exists(file)) {
                for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
                    String[] parts = line.split(" ", 3);
                    if (parts.length == 3
                            && parts[0].matches("\\d{1,9}")
                            && parts[1].equals(DigestUtils.sha256Hex(parts[2]))) {
                        messages.put(Integer.valueOf(parts[0]), parts[2].getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        }
        return messages;
    }

    /**
     * The messages of the versions from {@code first} to before {@code end}, in order, for a broker that has lost them.
     *
     * @throws RunStoppedException naming file and version if one is not there
     */
    public NavigableMap<Integer, byte[]> between(int first, int end) {
        NavigableMap<Integer, byte[]> messages = all();
        for (int version = first; version < end; version++) {
            if (!messages.containsKey(version)) {
                throw new RunStoppedException("the broker has lost what was announced of the run, and " + file
                        + " does not hold version " + version
                        + " to announce it again; put the file back from a copy, or"
                        + " compute the run anew by ./tempo run "
                        + new RunDirectory(file.resolveSibling("").resolveSibling("")).recipe());
            }
        }
        return new TreeMap<>(messages.subMap(first, end));
    }
}
