package dev.tempo.runs;

import java.time.Duration;

/**
 * Time that a service has spent on a run, over all the processes that worked on it; pauses and time lost in crashes do not
 * count. Wall time is monotonic: setting the system's clock does not move it.
 */
public final class RunClock {
    private final double wallBefore;
    private final double cpuBefore;
    private final long startNanos = System.nanoTime();
    private final double cpuStart = processSeconds();

    private RunClock(double wallBefore, double cpuBefore) {
        this.wallBefore = wallBefore;
        this.cpuBefore = cpuBefore;
    }

    /** A clock that goes on from what a checkpoint remembers; from zeros for a run that begins. */
    public static RunClock continued(double wallSeconds, double cpuSeconds) {
        return new RunClock(wallSeconds, cpuSeconds);
    }

    /** Seconds since the run began, as far as some process worked on it. */
    public double wallSeconds() {
        return wallBefore + (System.nanoTime() - startNanos) * 1e-9;
    }

    /** Seconds of processor time of this service's processes meanwhile. */
    public double cpuSeconds() {
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
