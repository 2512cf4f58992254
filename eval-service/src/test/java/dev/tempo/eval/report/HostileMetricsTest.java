package dev.tempo.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.fixtures.hostile.HostileInputs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of measurements as a power cut or a disk may leave it: a run goes on, and its next measurement is a line of its own. */
class HostileMetricsTest {
    @TempDir
    Path directory;

    private static final class Damaged extends Exception {
        private static final long serialVersionUID = 1;
    }

    @Test
    void metrics() {
        HostileInputs.of("metrics.jsonl")
                .seeds(
                        "{\"type\":\"policy\",\"version\":1,\"stage\":\"a\",\"loss\":0.5}\n{\"type\":\"evaluation\",\"version\":2,"
                                + "\"systemCpuSeconds\":12.5,\"sets\":{}}\n",
                        "{\"type\":\"critic\",\"version\":3,\"recalibrated\":true}\n")
                .words("\"systemCpuSeconds\"", "\"version\"", "\"type\"", "\"policy\"")
                .refusedBy(Damaged.class)
                // a warning for every line that is left out
                .allocating(2_000, 8 << 20)
                .into(input -> {
                    Path file = Files.write(directory.resolve("metrics.jsonl"), input);
                    MetricsFile metrics = new MetricsFile(file, () -> Instant.EPOCH);
                    metrics.add(Measured.policy("r", 987_654));
                    String text = Files.readString(file);
                    assertThat(text).endsWith("}\n").contains("987654");
                    if (text.lines().count() == 1) {
                        throw new Damaged();
                    }
                    return metrics.cpuSeconds();
                });
    }
}
