package dev.tempo.testfiles;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** Reference files that lie beside the checkout on some machines; tests that need them are skipped elsewhere. */
public final class SharedFiles {
    private static final String FOLDER = "TEMPO_SHARED";

    private SharedFiles() {}

    /**
     * A file or folder below the folder that TEMPO_SHARED names (system property or environment variable), or else below
     * the nearest folder {@code shared} that has it, here or further up.
     *
     * @param path relative, such as {@code fixtures/rl}
     * @return an absolute path to what exists
     * @throws org.opentest4j.TestAbortedException if there is none, so that the test counts as skipped
     */
    public static Path at(String path) {
        String named = System.getProperty(FOLDER, System.getenv(FOLDER));
        return named == null || named.isBlank()
                ? nearest(path, Path.of("").toAbsolutePath())
                : in(Path.of(named).toAbsolutePath(), path);
    }

    static Path nearest(String path, Path start) {
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("shared").resolve(path))) {
                return folder.resolve("shared").resolve(path);
            }
        }
        return missing(path, "../shared");
    }

    private static Path in(Path shared, String path) {
        return Files.exists(shared.resolve(path)) ? shared.resolve(path) : missing(path, shared.toString());
    }

    private static Path missing(String path, String where) {
        return abort("no " + path + " in " + where + "; set " + FOLDER + " to the folder that has it");
    }
}
