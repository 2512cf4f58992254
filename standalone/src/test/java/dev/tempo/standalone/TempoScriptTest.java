package dev.tempo.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code tempo} as a process. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TempoScriptTest {
    private static final Path HOME =
            Path.of(System.getProperty("tempo.home", "..")).toAbsolutePath().normalize();

    @TempDir
    Path directory;

    @Test
    void aBuiltCheckoutRunsWhereItWasMovedToWithoutBeingBuiltAgain() throws IOException, InterruptedException {
        Path moved = builtCheckoutIn(directory.resolve("test").resolve("moved here"), "/where/it/was/built");

        Process version = new ProcessBuilder(moved.resolve("tempo").toString(), "--version")
                .redirectErrorStream(true)
                .start();

        String said = new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(version.waitFor()).as(said).isZero();
        assertThat(said).startsWith("tempo ").doesNotContain("building");
    }

    /** What this checkout has built, by links, with a class path that speaks of another place. */
    private static Path builtCheckoutIn(Path moved, String before) throws IOException {
        for (Path module : modules()) {
            Path target = Files.createDirectories(
                    moved.resolve(HOME.relativize(module)).resolve("target"));
            try (Stream<Path> built = Files.list(module.resolve("target"))) {
                for (Path file : built.filter(file -> file.toString().matches(".*(/classes|\\.jar)"))
                        .toList()) {
                    Files.createSymbolicLink(target.resolve(file.getFileName()), file);
                }
            }
        }
        String classPath = Files.readString(HOME.resolve("standalone/target/classpath.txt"));
        assertThat(classPath).contains(HOME.resolve("common").toString());
        Files.writeString(moved.resolve("standalone/target/classpath.txt"), classPath.replace(HOME.toString(), before));
        Files.copy(HOME.resolve("tempo"), moved.resolve("tempo"), StandardCopyOption.COPY_ATTRIBUTES);
        return moved;
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> all = Stream.concat(Files.list(HOME), Files.list(HOME.resolve("common")))) {
            return all.filter(
                            module -> Files.isDirectory(module.resolve("target").resolve("classes")))
                    .toList();
        }
    }
}
