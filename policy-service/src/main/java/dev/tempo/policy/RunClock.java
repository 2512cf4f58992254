package dev.tempo.policy;

import java.time.Duration;

/** Time a run has taken, over all the processes that worked on it; pauses and time lost in crashes do not count. */
final class RunClock {
    private final double wallBefore;
    private final double cpuBefore;
    private final long startNanos = System.nanoTime();
    private final double cpuStart = processSeconds();

    private RunClock(double wallBefore, double cpuBefore) {
        this.wallBefore = wallBefore;
        this.cpuBefore = cpuBefore;
    }

    static RunClock started() {
        return new RunClock(0, 0);
    }

    static RunClock continued(Checkpoint checkpoint) {
        return new RunClock(checkpoint.wallSeconds(), checkpoint.cpuSeconds());
    }

    double wallSeconds() {
        return wallBefore + (System.nanoTime() - startNanos) * 1e-9;
    }

    double cpuSeconds() {
        return cpuBefore + processSeconds() - cpuStart;
    }

    private static double processSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toNanos()
                * 1e-9;
    }
}
