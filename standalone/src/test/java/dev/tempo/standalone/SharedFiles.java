package dev.tempo.standalone;

import java.nio.file.Files;
import java.nio.file.Path;

/** Reference files that lie beside the project on some machines; tests that need them are skipped elsewhere. */
public final class SharedFiles {
    private SharedFiles() {}

    /** A path below the folder that TEMPO_SHARED names (property or variable), or else below the nearest ../shared. */
    public static Path at(String path) {
        String named = System.getProperty("TEMPO_SHARED", System.getenv("TEMPO_SHARED"));
        if (named != null) {
            return Path.of(named).toAbsolutePath().resolve(path);
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolveSibling("shared"))) {
                return folder.resolveSibling("shared").resolve(path);
            }
        }
        return Path.of("shared").resolve(path);
    }
}
