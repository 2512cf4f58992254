package dev.tempo.model.scripts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Java process with a small heap of fixed size, so that its resident memory shows what tensors take. */
public final class MeasuredProcess {
    private static final Path STATUS = Path.of("/proc/self/status");

    private MeasuredProcess() {}

    /** The output of a program, once it has ended without error; the test is skipped where memory cannot be read. */
    public static String output(Path folder, Map<String, String> environment, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        assumeTrue(Files.exists(STATUS), "resident memory is read from /proc");
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xms64m",
                "-Xmx64m",
                "-XX:+AlwaysPreTouch",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                program.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder child =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        child.environment().putAll(environment);
        int status = child.start().waitFor();
        String said = Files.readString(output);
        assertThat(status).as(said).isZero();
        return said;
    }

    /** A field of this process's status, such as {@code VmRSS:}. */
    public static long kibibytes(String field) throws IOException {
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith(field)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IllegalStateException(STATUS + " has no " + field);
    }
}
