package dev.tempo.standalone.report;

import dev.tempo.model.NativeLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The machine and the software that a run was computed by, since its bits hold for one type of machine.
 *
 * @param processor its name, family and model, and the widest vectors it has
 * @param cores that this process may use
 * @param memoryBytes of the machine
 * @param system operating system and architecture
 * @param java version of the JVM
 * @param libtorch version and build of the PyTorch library
 * @param digest of the machine's products for the run's model, as of {@link dev.tempo.model.Reproducibility}; empty where
 *     bits are not promised
 */
public record Machine(
        String processor, int cores, long memoryBytes, String system, String java, String libtorch, String digest) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final double GIBI = 1L << 30;

    /** @param digest as of {@link dev.tempo.model.Reproducibility} */
    public static Machine here(String digest) {
        return new Machine(
                findProcessor(),
                Runtime.getRuntime().availableProcessors(),
                memory(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                Runtime.version().toString(),
                NativeLibrary.version(),
                digest);
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }

    private static String findProcessor() {
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return processorOf(lines.takeWhile(line -> !line.isBlank())
                    .map(line -> line.split(":", 2))
                    .filter(field -> field.length == 2)
                    .collect(
                            Collectors.toMap(field -> field[0].strip(), field -> field[1].strip(), (one, two) -> one)));
        } catch (IOException | UncheckedIOException elsewhereThanOnLinux) {
            return System.getProperty("os.arch");
        }
    }

    /** @param fields of one processor in /proc/cpuinfo */
    static String processorOf(Map<String, String> fields) {
        String name = fields.getOrDefault("model name", System.getProperty("os.arch"));
        String flags = " " + fields.getOrDefault("flags", "") + " ";
        String vectors = flags.contains(" avx512f ") ? ", AVX-512" : flags.contains(" avx2 ") ? ", AVX2" : "";
        return fields.containsKey("cpu family") && fields.containsKey("model")
                ? name + " (family " + fields.get("cpu family") + ", model " + fields.get("model") + vectors + ")"
                : name;
    }

    /** In one line. */
    String words() {
        return processor + ", " + cores + (cores == 1 ? " core, " : " cores, ")
                + String.format(Locale.ROOT, "%.0f GiB of memory, ", memoryBytes / GIBI) + system + ", Java " + java
                + ", libtorch " + libtorch;
    }
}
