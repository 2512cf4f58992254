package dev.tempo.judging.model;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decided verdicts by content hash: the most useful in memory, all of them as lines of JSON in a file, which is read
 * when it is opened and cut to the newest when it has grown to twice the capacity. Every entry can be asked for again,
 * so a line that a crash has torn, or that another process overwrote, is left out. Thread-safe.
 */
final class VerdictCache implements AutoCloseable {
    /** Without a table of names: it would keep what strangers call things, and copy itself as it grows. */
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .build())
            .build();

    private final Path file;
    private final FileChannel appending;
    private final Cache<String, Entry> entries;
    private volatile @Nullable String trouble;

    /**
     * One verdict.
     *
     * @param key hash of judge, version and content
     * @param right whether the answer was called equivalent to the reference
     * @param raw what the model literally said
     */
    record Entry(String key, boolean right, String raw) {
        Entry {
            if (!key.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("key must be a SHA-256 in lower-case hex but is '" + key + "'");
            }
        }
    }

    /**
     * Opens a cache, making its file and folders where there are none.
     *
     * @param capacity entries in memory, at most
     * @throws UncheckedIOException if the file cannot be read or written
     */
    VerdictCache(Path file, int capacity) {
        this.file = file;
        this.entries = Caffeine.newBuilder()
                .maximumSize(capacity)
                .executor(Runnable::run)
                .build();
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            boolean whole = !Files.exists(file) || load(capacity);
            appending = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (!whole) {
                write("\n");
            }
        } catch (IOException unusable) {
            throw new UncheckedIOException("the cache of a judge model, " + file + ", cannot be used", unusable);
        }
    }

    @Nullable
    Entry find(String key) {
        return entries.getIfPresent(key);
    }

    /** Keeps a verdict, in memory alone while the file cannot be written: the verdict itself is as good. */
    void keep(Entry entry) {
        entries.put(entry.key(), entry);
        try {
            write(JSON.writeValueAsString(entry) + "\n");
            trouble = null;
        } catch (IOException unwritable) {
            trouble = "the cache " + file + " cannot be written: " + unwritable.getMessage();
        }
    }

    /** The reason why verdicts are lost when the process ends; null while they are kept. */
    @Nullable
    String trouble() {
        return trouble;
    }

    long size() {
        entries.cleanUp();
        return entries.estimatedSize();
    }

    @Override
    public void close() {
        try {
            appending.close();
        } catch (IOException unclosable) {
            throw new UncheckedIOException(unclosable);
        }
    }

    private synchronized void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            appending.write(bytes);
        }
    }

    /** Takes the newest lines; false when the last one was torn. */
    private boolean load(int capacity) throws IOException {
        Deque<String> newest = new ArrayDeque<>();
        long lines = 0;
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines++;
                newest.add(line);
                if (newest.size() > capacity) {
                    newest.remove();
                }
            }
        }
        for (String line : newest) {
            Entry entry = entry(line);
            if (entry != null) {
                entries.put(entry.key(), entry);
            }
        }
        if (lines > 2L * capacity) {
            Path shorter = Files.createTempFile(file.toAbsolutePath().getParent(), "shorter", ".jsonl");
            Files.write(shorter, newest, StandardCharsets.ISO_8859_1);
            Files.move(shorter, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return true;
        }
        return endsInNewline();
    }

    /** Lines are cut as bytes, since a torn one may end within a character. */
    private static @Nullable Entry entry(String line) {
        try {
            return JSON.readValue(line.getBytes(StandardCharsets.ISO_8859_1), Entry.class);
        } catch (JacksonException torn) {
            return null;
        }
    }

    private boolean endsInNewline() throws IOException {
        try (FileChannel reading = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            return reading.size() == 0 || reading.read(last, reading.size() - 1) == 1 && last.get(0) == '\n';
        }
    }
}
