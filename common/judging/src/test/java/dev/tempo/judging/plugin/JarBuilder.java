package dev.tempo.judging.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.plugin.Judge;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Jars for tests, compiled and packed as a stranger would: against tempo-plugin-api alone. */
public final class JarBuilder {
    private final Path work;

    /**
     * A builder of jars.
     *
     * @param work directory where sources and classes are put
     */
    public JarBuilder(Path work) {
        this.work = work;
    }

    /** A file of the project's {@code examples/judges}. */
    public static Path example(String path) {
        Path file = checkout().resolve("examples/judges").resolve(path);
        assertThat(file).exists();
        return file;
    }

    /** The checkout around the module whose tests run. */
    static Path checkout() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve("examples"))) {
            directory = Objects.requireNonNull(directory.getParent(), "no examples/ around the working directory");
        }
        return directory;
    }

    /** A judge of one class that says that everything is right. */
    static String source(String type, String name, String version) {
        return "public class " + type + " implements dev.tempo.plugin.Judge {\n"
                + "    public String name() { return " + name + "; }\n"
                + "    public String version() { return " + version + "; }\n"
                + "    public dev.tempo.plugin.Verdict judge(String q, String reference, String response, boolean ended) {\n"
                + "        return decided(true, \"kind\", response, \"always\");\n    }\n}\n";
    }

    /**
     * Compiles a judge's class and packs it.
     *
     * @param service what the service file says; null leaves it out
     */
    public Path pack(Path jar, String type, String source, @Nullable String service) {
        return pack(Judge.class, jar, type, source, service);
    }

    /** Compiles and packs what is not a judge but another plug-in. */
    public Path pack(Class<?> plugIn, Path jar, String type, String source, @Nullable String service) {
        try {
            Path classes = Files.createTempDirectory(work, "classes");
            Path file =
                    Files.writeString(Files.createTempDirectory(work, "source").resolve(type + ".java"), source);
            int status = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            null,
                            null,
                            "-proc:none",
                            "-cp",
                            whereIs(plugIn).toString(),
                            "-d",
                            classes.toString(),
                            file.toString());
            assertThat(status).as("javac %s", file).isZero();
            if (service != null) {
                write(classes.resolve("META-INF/services").resolve(plugIn.getName()), service);
            }
            write(jar, classes);
            return jar;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** The Java example of the documentation. */
    public Path packExample(Path jar) throws IOException {
        return pack(
                jar, "PalindromeJudge", Files.readString(example("java/PalindromeJudge.java")), "PalindromeJudge\n");
    }

    private static Path whereIs(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    private static void write(Path jar, Path classes) throws IOException {
        Files.createDirectories(jar.getParent());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream packed = new JarOutputStream(out);
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : (List<Path>) files.filter(Files::isRegularFile).toList()) {
                packed.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                packed.write(Files.readAllBytes(file));
                packed.closeEntry();
            }
            packed.flush();
        }
    }

    static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}
