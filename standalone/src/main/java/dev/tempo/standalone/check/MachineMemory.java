package dev.tempo.standalone.check;

import dev.tempo.model.device.ComputeDevice;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;

/** The memory that models are loaded into: the GPU's where there is one, the machine's otherwise. */
final class MachineMemory {
    private MachineMemory() {}

    /** Its bytes; empty where nobody says. */
    static OptionalLong bytes() {
        ComputeDevice device = ComputeDevice.current();
        return device.cuda() ? device.memory() : OptionalLong.of(ofTheMachine());
    }

    static long ofTheMachine() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Long.MAX_VALUE;
    }
}
