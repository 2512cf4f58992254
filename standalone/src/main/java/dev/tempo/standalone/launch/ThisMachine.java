package dev.tempo.standalone.launch;

import dev.tempo.eval.report.Machine;
import dev.tempo.model.device.InstructionSet;
import dev.tempo.model.device.NativeLibrary;
import dev.tempo.model.device.Processor;
import java.lang.management.ManagementFactory;

/** The machine that this process runs on, as a run's report names it. */
public final class ThisMachine {
    private ThisMachine() {}

    /** @param digest of its products for a model, as of {@link dev.tempo.model.planning.Reproducibility} */
    public static Machine with(String digest) {
        InstructionSet numerics = InstructionSet.current();
        return new Machine(
                Processor.here().words(),
                Runtime.getRuntime().availableProcessors(),
                memory(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                Runtime.version().toString(),
                NativeLibrary.version()
                        + (numerics == InstructionSet.NATIVE ? "" : ", " + numerics.inWords() + " numerics"),
                digest);
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }
}
