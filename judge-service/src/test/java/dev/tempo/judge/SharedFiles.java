package dev.tempo.judge;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Material beside the checkout; a test that needs it is skipped where it is not. */
final class SharedFiles {
    private SharedFiles() {}

    static Path file(String path) {
        Path file = folder().resolve(path);
        assumeThat(file).as(path + " is not here; set TEMPO_SHARED").exists();
        return file;
    }

    static JsonNode json(String path) {
        return JsonMapper.shared().readTree(file(path).toFile());
    }

    static List<JsonNode> rows(String path) {
        try {
            return Files.readAllLines(file(path)).stream()
                    .filter(line -> !line.isBlank())
                    .map(JsonMapper.shared()::readTree)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path folder() {
        String configured = System.getProperty("TEMPO_SHARED", System.getenv("TEMPO_SHARED"));
        if (configured != null) {
            return Path.of(configured);
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolveSibling("shared"))) {
                return folder.resolveSibling("shared");
            }
        }
        return Path.of("shared");
    }
}
