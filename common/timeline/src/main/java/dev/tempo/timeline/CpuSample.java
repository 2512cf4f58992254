package dev.tempo.timeline;

import java.util.List;
import java.util.Map;

/**
 * What processors and processes had done up to a moment.
 *
 * @param at microseconds since 1970
 * @param processes microseconds of processor time by name of the process
 * @param cores of the machine, in order; empty where the platform does not tell
 */
public record CpuSample(long at, Map<String, Long> processes, List<Core> cores) {

    public CpuSample {
        processes = Map.copyOf(processes);
        cores = List.copyOf(cores);
    }

    /**
     * A core's time since the machine started, in ticks of the kernel's.
     *
     * @param busy with whatever runs on the machine
     */
    public record Core(long busy, long idle) {}
}
