package dev.tempo.standalone.check;

import dev.tempo.standalone.launch.Ports;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether this machine can run the system: Java, platform, memory, disk, ports. */
public final class MachineCheck {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;
    private static final long LEAST_HEAP = 240 * MIB;
    private static final int OLDEST_JAVA = 17;

    private MachineCheck() {}

    public static List<Finding> of(Ports ports, Path workspace) {
        List<Finding> findings = new ArrayList<>();
        int java = Runtime.version().feature();
        findings.add(
                java >= OLDEST_JAVA
                        ? Finding.good("java", Runtime.version() + " at " + System.getProperty("java.home"))
                        : Finding.problem("java", "is " + java + "; install a JDK of version 17 or later"));
        String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        boolean supported = platform.toLowerCase(Locale.ROOT).matches("linux (amd64|x86_64)");
        findings.add(
                supported
                        ? Finding.good("platform", platform)
                        : Finding.problem(
                                "platform",
                                platform + ": the PyTorch library that ships is for Linux on x86-64; put"
                                        + " ai.djl.pytorch:pytorch-native-cpu of your platform on the class path"));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            double memory = (double) system.getTotalMemorySize() / GIB;
            String text = String.format(
                    Locale.ROOT,
                    "%.1f GiB, %d cores",
                    memory,
                    Runtime.getRuntime().availableProcessors());
            findings.add(
                    memory >= 6
                            ? Finding.good("memory", text)
                            : Finding.warning(
                                    "memory", text + ": six processes want about 4 GiB; --single-jvm needs half"));
        }
        findings.add(heap(Runtime.getRuntime().maxMemory()));
        findings.add(disk(workspace.toAbsolutePath()));
        findings.add(ports(ports));
        return findings;
    }

    /** @param bytes of Java heap that this process may use */
    static Finding heap(long bytes) {
        return bytes >= LEAST_HEAP
                ? Finding.good("heap", bytes / MIB + " MiB for this program")
                : Finding.problem(
                        "heap",
                        "this program may use only " + bytes / MIB + " MiB of Java heap and wants " + LEAST_HEAP / MIB
                                + "; leave -Xmx out of TEMPO_JAVA_OPTIONS, _JAVA_OPTIONS and JAVA_TOOL_OPTIONS, or make it"
                                + " larger");
    }

    /** The finding about disk space, measured where the workspace is or will be. */
    private static Finding disk(Path workspace) {
        Path there = existing(workspace);
        if (!Files.isDirectory(there)) {
            return Finding.problem("disk", there + " is a file; name a directory by --workspace");
        }
        if (!Files.isWritable(there)) {
            return Finding.problem("disk", there + " may not be written; change its permissions or pass --workspace");
        }
        double disk = (double) there.toFile().getUsableSpace() / GIB;
        String text = String.format(Locale.ROOT, "%.1f GiB free in %s", disk, there);
        return disk >= 3
                ? Finding.good("disk", text)
                : Finding.problem("disk", "only " + text + "; a run wants 3 GiB, free some or pass --workspace");
    }

    /** What there is of a path that may be still to be made. */
    static Path existing(Path path) {
        Path there = path;
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there;
    }

    private static Finding ports(Ports ports) {
        Map<Integer, String> taken = ports.taken();
        if (taken.isEmpty()) {
            return Finding.good(
                    "ports",
                    ports.wanted().keySet().stream().map(String::valueOf).collect(Collectors.joining(", "))
                            + " are free");
        }
        if (taken.size() == 1) {
            return Finding.problem(
                    "port " + taken.keySet().iterator().next(),
                    "is in use but " + taken.values().iterator().next() + " wants it; " + Ports.remedy());
        }
        return Finding.problem(
                "ports",
                taken.entrySet().stream()
                                .map(port -> port.getKey() + " (" + port.getValue() + ")")
                                .collect(Collectors.joining(", "))
                        + " are in use; " + Ports.remedy());
    }
}
