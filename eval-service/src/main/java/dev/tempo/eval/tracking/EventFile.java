package dev.tempo.eval.tracking;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A run's TensorBoard event file. It holds the entries of metrics.jsonl, each once and in that order, and its bytes follow from them:
 * what is there when a run goes on is cut where it begins to differ, as after a kill in the middle of a record, and written on from
 * there. The file stays the same one, so that a TensorBoard that follows it goes on. Not thread-safe.
 */
public final class EventFile {
    private static final String PREFIX = "events.out.tfevents.";

    /** Where other programs have the name of their machine. */
    private static final String SUFFIX = ".tempo";

    private final Path directory;
    private int written;

    /** @param directory made with the first entry */
    public EventFile(Path directory) {
        this.directory = directory;
    }

    /** Brings the file up to all entries that there are; they only ever become more. */
    public void hold(List<TrackedEntry> entries) {
        if (written == entries.size()) {
            return;
        }
        Path file = directory.resolve(name(entries.get(0)));
        try {
            if (written == 0) {
                Files.createDirectories(directory);
                deleteOthers(file);
                mend(file, entries);
            } else {
                ByteArrayOutputStream news = new ByteArrayOutputStream();
                entries.subList(written, entries.size()).forEach(entry -> news.writeBytes(EventRecord.of(entry)));
                Files.write(file, news.toByteArray(), StandardOpenOption.APPEND);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(file + " cannot be written", unwritable);
        }
        written = entries.size();
    }

    private static String name(TrackedEntry first) {
        return PREFIX + String.format(Locale.ROOT, "%010d", (long) first.wallTime()) + SUFFIX;
    }

    /** What was begun with another first entry, before metrics.jsonl was damaged, would show every step twice. */
    private void deleteOthers(Path file) throws IOException {
        try (Stream<Path> there = Files.list(directory)) {
            for (Path other : there.filter(path -> !path.equals(file)).toList()) {
                String name = other.getFileName().toString();
                if (name.startsWith(PREFIX) && name.endsWith(SUFFIX)) {
                    Files.delete(other);
                }
            }
        }
    }

    private static void mend(Path file, List<TrackedEntry> entries) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        List<Integer> ends = new ArrayList<>(List.of(0));
        whole.writeBytes(EventRecord.header(entries.get(0).wallTime()));
        for (TrackedEntry entry : entries) {
            ends.add(whole.size());
            whole.writeBytes(EventRecord.of(entry));
        }
        ends.add(whole.size());
        byte[] expected = whole.toByteArray();
        byte[] there = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        int mismatch = Arrays.mismatch(expected, there);
        int same = mismatch < 0 ? expected.length : mismatch;
        int kept = ends.stream().filter(end -> end <= same).reduce(0, Math::max);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(kept);
            channel.position(kept);
            ByteBuffer rest = ByteBuffer.wrap(expected, kept, expected.length - kept);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
    }
}
