package dev.tempo.runs;

import java.time.Duration;

/**
 * A clock of the time that a service has spent on a run, over all its processes that worked on the run; pauses and time lost
 * in crashes do not count. Wall time is monotonic: setting the system's clock does not change it.
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

    /** A clock that continues from what a checkpoint remembers; from zeros for a run that begins. */
    public static RunClock continued(double wallSeconds, double cpuSeconds) {
        return new RunClock(wallSeconds, cpuSeconds);
    }

    /** The wall time in seconds during which some process worked on the run. */
    public double wallSeconds() {
        return wallBefore + (System.nanoTime() - startNanos) * 1e-9;
    }

    /** The processor time in seconds that this service's processes used while they worked on the run. */
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
