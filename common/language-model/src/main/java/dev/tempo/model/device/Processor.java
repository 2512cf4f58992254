package dev.tempo.model.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The processor of this machine, as /proc/cpuinfo describes its first core.
 *
 * @param fields the description's fields in their order; empty on systems other than Linux
 */
public record Processor(Map<String, String> fields) {
    private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");

    /** The processor of this machine. */
    public static Processor here() {
        Map<String, String> fields = new LinkedHashMap<>();
        try (Stream<String> lines = Files.lines(DESCRIPTION)) {
            lines.takeWhile(line -> !line.isBlank())
                    .map(line -> line.split(":", 2))
                    .filter(field -> field.length == 2)
                    .forEach(field -> fields.putIfAbsent(field[0].strip(), field[1].strip()));
        } catch (IOException | UncheckedIOException elsewhereThanOnLinux) {
            return new Processor(Map.of());
        }
        return new Processor(fields);
    }

    /**
     * The processor in words: name, family and model, and the widest vectors, as in {@code AMD EPYC (family 25, model 17,
     * AVX-512)}.
     */
    public String words() {
        String name = fields.getOrDefault("model name", System.getProperty("os.arch"));
        String flags = " " + fields.getOrDefault("flags", "") + " ";
        String vectors = flags.contains(" avx512f ") ? ", AVX-512" : flags.contains(" avx2 ") ? ", AVX2" : "";
        return fields.containsKey("cpu family") && fields.containsKey("model")
                ? name + " (family " + fields.get("cpu family") + ", model " + fields.get("model") + vectors + ")"
                : name;
    }
}
