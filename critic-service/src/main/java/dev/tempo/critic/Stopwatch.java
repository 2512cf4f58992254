package dev.tempo.critic;

import java.time.Duration;
import java.time.Instant;

/** Time spent on a run, carried over restarts. */
final class Stopwatch {
    private final double wallBefore;
    private final double cpuBefore;
    private final Instant started;
    private final double cpuStarted = processSeconds();

    Stopwatch(Progress progress, Instant now) {
        wallBefore = progress.wallSeconds();
        cpuBefore = progress.cpuSeconds();
        started = now;
    }

    double wallSeconds(Instant now) {
        return wallBefore + Duration.between(started, now).toNanos() / 1e9;
    }

    double cpuSeconds() {
        return cpuBefore + processSeconds() - cpuStarted;
    }

    private static double processSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                / 1e9;
    }
}
