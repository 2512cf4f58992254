package dev.tempo.model.scripts;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import dev.tempo.model.TinyModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A table of the operations that models are computed with, and under which instruction sets each gives other bits. Not a
 * test: surefire runs it by name only (docs/benchmarks.md).
 */
class OperationBitsBenchmark {
    private static final String SOURCE = "operation-bits";
    private static final Pattern METHOD = Pattern.compile("^  def (\\w+)\\(", Pattern.MULTILINE);

    @TempDir
    Path folder;

    /** A program that prints the name and hash of every operation. */
    static final class Operations {
        private Operations() {}

        public static void main(String[] arguments) throws IOException {
            Torch.enter();
            Script script = Script.of(TinyModel.config(true), ProductRows.KERNELS, "products", "probing", SOURCE);
            for (String method : methods()) {
                try (PtNDManager manager = Torch.newHostManager();
                        NDArray result = script.train(method, new NDList(manager.create(0f)))) {
                    MessageDigest hash = DigestUtils.getSha256Digest();
                    hash.update(result.toByteBuffer(false));
                    System.out.println("bits " + method + " "
                            + HexFormat.of().formatHex(hash.digest()).substring(0, 8));
                }
            }
        }

        private static List<String> methods() throws IOException {
            try (InputStream source =
                    Objects.requireNonNull(Script.class.getResourceAsStream(SOURCE + ".torchscript"))) {
                return METHOD.matcher(new String(source.readAllBytes(), StandardCharsets.UTF_8))
                        .results()
                        .map(found -> found.group(1))
                        .toList();
            }
        }
    }

    /** Settings by which processors with fewer instructions are imitated, by how the table heads them. */
    private static Map<String, Map<String, String>> settings() {
        Map<String, Map<String, String>> settings = new LinkedHashMap<>();
        settings.put("native", Map.of());
        for (String set : List.of("avx512", "avx2", "default")) {
            settings.put("ATen " + set, Map.of("ATEN_CPU_CAPABILITY", set));
        }
        for (String set : List.of("AVX2", "AVX2,STRICT", "SSE4_2", "COMPATIBLE")) {
            settings.put("MKL " + set, Map.of("MKL_CBWR", set));
        }
        for (String set : List.of("AVX2", "SSE4_2")) {
            settings.put("MKL up to " + set, Map.of("MKL_ENABLE_INSTRUCTIONS", set));
        }
        for (String set : List.of("AVX2", "SSE41")) {
            settings.put("oneDNN " + set, Map.of("ONEDNN_MAX_CPU_ISA", set));
        }
        settings.put("libm without FMA", Map.of("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-FMA,-AVX512F"));
        settings.put("portable", Map.of("TEMPO_NUMERICS", "portable"));
        return settings;
    }

    @Test
    void measure() throws IOException, InterruptedException {
        Map<String, List<String>> table = new LinkedHashMap<>();
        Map<String, List<String>> seen = new LinkedHashMap<>();
        for (Map<String, String> environment : settings().values()) {
            for (String line : MeasuredProcess.output(folder, environment, Operations.class)
                    .lines()
                    .toList()) {
                String[] words = line.split(" ");
                if (words[0].equals("bits")) {
                    List<String> hashes = seen.computeIfAbsent(words[1], operation -> new ArrayList<>());
                    if (!hashes.contains(words[2])) {
                        hashes.add(words[2]);
                    }
                    table.computeIfAbsent(words[1], operation -> new ArrayList<>())
                            .add(Character.toString('a' + hashes.indexOf(words[2])));
                }
            }
        }
        System.out.println("| operation | " + String.join(" | ", settings().keySet()) + " |");
        System.out.println("|---" + "|---".repeat(settings().size()) + "|");
        table.forEach((operation, letters) ->
                System.out.println("| " + operation.replace('_', ' ') + " | " + String.join(" | ", letters) + " |"));
    }
}
