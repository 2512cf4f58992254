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
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A file of messages that is only added to. A line holds a number, the SHA-256 of its message and the message, so that what was torn
 * or damaged is known. What one call adds is one write, so that several processes of one machine may add.
 */
public final class HashedLines {
    private final Path file;

    /**
     * A message of the file.
     *
     * @param message without a line break
     */
    public record Line(int number, String message) {
        private String text() {
            return number + " " + DigestUtils.sha256Hex(message) + " " + message + "\n";
        }
    }

    HashedLines(Path file) {
        this.file = file;
    }

    public Path file() {
        return file;
    }

    /**
     * Adds messages. When this returns they outlive a crash of the machine.
     *
     * @throws UncheckedIOException naming the file if it cannot be written
     */
    public void add(List<Line> lines) {
        StringBuilder added = new StringBuilder();
        lines.forEach(line -> added.append(line.text()));
        try (OpenSpan ended = OpenSpan.within(SpanKind.WRITING, "announcement")) {
            boolean begins = !Files.exists(file);
            if (begins) {
                Files.createDirectories(file.resolveSibling(""));
            }
            // what a crash left of a line must not swallow this one
            String text = !begins && endsWithinLine() ? "\n" + added : added.toString();
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

    /**
     * Adds a message for an owner, by writing the whole file anew: one that was frozen and has a successor adds nothing.
     *
     * @throws dev.tempo.contract.FencedException if another one has taken the files over
     */
    void add(Ownership owner, Line line) {
        try {
            String before = Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
            String text = before + (before.isEmpty() || before.endsWith("\n") ? "" : "\n") + line.text();
            OwnedFile.write(owner, file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + file, unreadable);
        }
    }

    private boolean endsWithinLine() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return channel.size() > 0 && channel.read(last, channel.size() - 1) == 1 && last.get(0) != '\n';
        }
    }

    /**
     * The messages in their order, none where there is no file. What is torn or damaged is left out.
     *
     * @throws UncheckedIOException naming the file if it cannot be read
     */
    public List<Line> all() {
        List<Line> lines = new ArrayList<>();
        try {
            if (Files.exists(file)) {
                for (String line : new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\n")) {
                    String[] parts = line.split(" ", 3);
                    if (parts.length == 3
                            && parts[0].matches("\\d{1,9}")
                            && parts[1].equals(DigestUtils.sha256Hex(parts[2]))) {
                        lines.add(new Line(Integer.parseInt(parts[0]), parts[2]));
                    }
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(file + " cannot be read", unreadable);
        }
        return lines;
    }
}
