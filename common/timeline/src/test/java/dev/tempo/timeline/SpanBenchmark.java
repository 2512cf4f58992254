package dev.tempo.timeline;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What recording costs: processor time for one span from its beginning until it is written. Runs by name only. */
class SpanBenchmark {
    private static final int SPANS = 10_000;
    private static final int TURNS = 30;

    @TempDir
    Path run;

    @Test
    void aSpanBeginsEndsAndIsWritten() throws IOException {
        SpanLog log = new SpanLog("benchmark");
        log.announced("r", run);
        SpanWriter writer = new SpanWriter(log);
        long recorded = Long.MAX_VALUE;
        long written = Long.MAX_VALUE;
        for (int turn = 0; turn < TURNS; turn++) {
            long begin = cpu();
            for (int span = 0; span < SPANS; span++) {
                log.begin(SpanKind.MESSAGING, "publish")
                        .of("r", turn)
                        .publishes("valued-trajectories", 16)
                        .run(() -> {});
            }
            long ended = cpu();
            writer.write();
            recorded = Math.min(recorded, ended - begin);
            written = Math.min(written, cpu() - ended);
        }
        Path file;
        try (var files = Files.list(TimelineFiles.in(run))) {
            file = files.filter(one -> !String.valueOf(one.getFileName()).startsWith("before-"))
                    .findFirst()
                    .orElseThrow();
        }
        String line = Files.readAllLines(file).get(0);
        System.out.printf(
                "a span: %.2f us to record, %.2f us to write, %d bytes%n",
                recorded / 1e3 / SPANS, written / 1e3 / SPANS, line.length());
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
