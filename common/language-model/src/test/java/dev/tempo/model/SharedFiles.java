package dev.tempo.model;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reference files that lie beside the project on some machines; tests that need them are skipped elsewhere. */
final class SharedFiles {
    private SharedFiles() {}

    /** A path below the folder that TEMPO_SHARED names (property or variable), or else below the nearest ../shared. */
    static Path at(String path) {
        Path root = root();
        if (root == null || !Files.exists(root.resolve(path))) {
            abort("no " + path + " in ../shared; set TEMPO_SHARED to the folder that has it");
        }
        return root.resolve(path);
    }

    private static @Nullable Path root() {
        String named = System.getProperty("TEMPO_SHARED", System.getenv("TEMPO_SHARED"));
        if (named != null) {
            return Path.of(named);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("shared").resolve("fixtures"))) {
                return at.resolve("shared");
            }
        }
        return null;
    }
}
