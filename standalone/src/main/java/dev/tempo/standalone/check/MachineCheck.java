package dev.tempo.standalone.check;

import dev.tempo.standalone.launch.Ports;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Whether this machine can run the system: Java, platform, memory, disk, ports. */
public final class MachineCheck {
    private static final long GIB = 1L << 30;
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
        double disk = (double) workspace.toAbsolutePath().getRoot().toFile().getUsableSpace() / GIB;
        findings.add(
                disk >= 3
                        ? Finding.good("disk", String.format(Locale.ROOT, "%.0f GiB free", disk))
                        : Finding.problem(
                                "disk",
                                String.format(Locale.ROOT, "only %.1f GiB free; a run wants 3 GiB, free some", disk)));
        Map<Integer, String> taken = ports.taken();
        taken.forEach((port, wanted) -> findings.add(Finding.problem(
                "port " + port,
                "is in use but " + wanted
                        + " wants it; stop the program that listens there, or pass --port-base "
                        + (ports.base() + 10_000))));
        if (taken.isEmpty()) {
            findings.add(Finding.good(
                    "ports",
                    (ports.base() + 1) + " to " + (ports.base() + 5) + " and " + ports.broker() + " are free"));
        }
        return findings;
    }
}
