package dev.tempo.runs;

import dev.tempo.timeline.OpenSpan;
import dev.tempo.timeline.SpanKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The SHA-256 of a version's weights, as it is announced, for those who have no use for the weights: of one file, as trainers write versions.
 * A file beside them that is not what {@code files.sha256} says of it is as bad as other weights.
 */
final class WeightsHash {
    private static final String NOTED = "files.sha256";

    private WeightsHash() {}

    /** The hash in lower-case hexadecimal; a word that is none where files are missing or damaged. */
    static String of(Path version) throws IOException {
        Path adapter = version.resolve("adapter_model.safetensors");
        Path weights = Files.exists(adapter) ? adapter : version.resolve("model.safetensors");
        if (!Files.isRegularFile(weights)) {
            return "missing";
        }
        Path noted = version.resolve(NOTED);
        if (Files.exists(noted)) {
            for (String line : Files.readAllLines(noted, StandardCharsets.ISO_8859_1)) {
                String[] parts = line.split("  ", 2);
                Path file = parts.length == 2 ? version.resolve(parts[1]) : noted;
                if (!Files.isRegularFile(file) || !hash(file).equals(parts[0])) {
                    return "other than noted in " + noted;
                }
            }
        }
        try (OpenSpan ended = OpenSpan.within(SpanKind.HASHING, "SHA-256 of weights")) {
            return hash(weights);
        }
    }

    private static String hash(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(content);
        }
    }
}
