package dev.tempo.eval.report;

import java.util.Locale;

/**
 * The machine and the software that a run was computed by, since its bits hold for one type of machine.
 *
 * @param processor its name, family and model, and the widest vectors it has
 * @param cores that this process may use
 * @param memoryBytes of the machine
 * @param system operating system and architecture
 * @param java version of the JVM
 * @param libtorch version and build of the PyTorch library
 * @param digest of the machine's products for the run's model; empty where
 *     bits are not promised
 */
public record Machine(
        String processor, int cores, long memoryBytes, String system, String java, String libtorch, String digest) {
    private static final double GIBI = 1L << 30;

    /** In one line. */
    public String words() {
        return processor + ", " + cores + (cores == 1 ? " core, " : " cores, ")
                + String.format(Locale.ROOT, "%.0f GiB of memory, ", memoryBytes / GIBI) + system + ", Java " + java
                + ", libtorch " + libtorch;
    }
}
