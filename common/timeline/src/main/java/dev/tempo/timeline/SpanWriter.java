package dev.tempo.timeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The writer of a service's spans into the directories of their runs, a few times a second on a thread of its own. What cannot be
 * written is dropped, for no run is to suffer from being watched; nothing is written where a run has no directory (any more).
 */
public final class SpanWriter implements AutoCloseable {
    private static final long EVERY_MILLIS = 500;
    private static final long PATIENCE_MILLIS = 500;

    private final SpanLog log;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "timeline");
        thread.setDaemon(true);
        return thread;
    });

    public SpanWriter(SpanLog log) {
        this.log = log;
    }

    /** Begins to write. */
    public void begin() {
        clock.scheduleWithFixedDelay(this::write, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Writes what has ended since the last time. */
    synchronized void write() {
        Map<String, List<Span>> byRun = new LinkedHashMap<>();
        log.drain()
                .forEach(span -> byRun.computeIfAbsent(span.run(), run -> new ArrayList<>())
                        .add(span));
        byRun.forEach((run, spans) -> {
            Path directory = log.directory(run);
            if (directory != null && Files.isDirectory(directory)) {
                add(directory, spans);
            }
        });
    }

    private void add(Path directory, List<Span> spans) {
        try {
            TimelineFiles.of(directory, log.service() + "@" + log.replica()).add(TimelineFiles.lines(spans));
        } catch (IOException unwritable) {
            // a full disk says so where it matters
            return;
        }
    }

    /** Writes what there is and ends. */
    @Override
    public void close() {
        clock.shutdown();
        try {
            if (clock.awaitTermination(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                write();
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
