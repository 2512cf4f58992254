package dev.tempo.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tempo.standalone.Tempo;
import dev.tempo.standalone.launch.Ports;
import dev.tempo.standalone.launch.Workspace;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** {@code ./tempo} as a process of its own, started as its script starts it. */
final class TempoProcess {
    /** The long form runs beside other things. */
    private static final Duration PATIENCE = Duration.ofMinutes(Boolean.getBoolean("tempo.long") ? 30 : 5);

    private static final Path CLASS_DATA = Path.of("target", "class-data").toAbsolutePath();

    private final Process process;
    private final Path output;

    private TempoProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static TempoProcess start(Workspace workspace, Ports ports, String... arguments) {
        return start(workspace, ports, Map.of(), arguments);
    }

    /** @param environment further variables, which broker and services get too */
    static TempoProcess start(Workspace workspace, Ports ports, Map<String, String> environment, String... arguments) {
        return start(Path.of(""), workspace.root().resolveSibling(""), environment, at(workspace, ports, arguments));
    }

    /** A command typed in a directory, from which a new run takes its environments. */
    static TempoProcess startIn(Path directory, Workspace workspace, Ports ports, String... arguments) {
        return start(directory, workspace.root().resolveSibling(""), Map.of(), at(workspace, ports, arguments));
    }

    private static List<String> at(Workspace workspace, Ports ports, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--workspace=" + workspace.root());
        all.add("--port-base=" + ports.base());
        return all;
    }

    /** A command that needs no workspace; its output is kept in a directory. */
    static TempoProcess start(Path kept, List<String> arguments) {
        return start(Path.of(""), kept, Map.of(), arguments);
    }

    private static TempoProcess start(
            Path directory, Path kept, Map<String, String> environment, List<String> arguments) {
        Path home =
                Path.of(System.getProperty("tempo.home", "..")).toAbsolutePath().normalize();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                "--enable-native-access=ALL-UNNAMED",
                "-Xms64m",
                "-XX:MetaspaceSize=128m",
                "-XX:MinHeapFreeRatio=20",
                "-XX:MaxHeapFreeRatio=40",
                "-Xmx1g",
                "-Dtempo.home=" + home,
                "-Dtempo.classes=" + CLASS_DATA,
                "-cp",
                classPath(),
                Tempo.class.getName()));
        if (Runtime.version().feature() >= 23) {
            command.add(1, "--sun-misc-unsafe-memory-access=allow");
        }
        Path shared = CLASS_DATA.resolve("classes.jsa");
        if (Files.exists(shared)) {
            command.addAll(1, List.of("-XX:SharedArchiveFile=" + shared, "-Xlog:cds*=off"));
        }
        command.addAll(arguments);
        try {
            Path output = Files.createTempFile(kept, "tempo-", ".out");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.directory(directory.toAbsolutePath().toFile());
            builder.environment().put("OMP_NUM_THREADS", "1");
            builder.environment().putAll(environment);
            return new TempoProcess(builder.start(), output);
        } catch (IOException unstartable) {
            throw new UncheckedIOException(unstartable);
        }
    }

    /** This process's, without what is there for tests alone, such as a logger that writes on the terminal. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("test-classes") && !entry.endsWith("-tests.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Broker and services, where they are processes; what makes the archive of classes is neither. */
    List<ProcessHandle> children() {
        return process.children()
                .filter(child -> !child.info().commandLine().orElse("").contains("-Xshare:dump"))
                .toList();
    }

    /** All that it and its children have started and that is there now; of a process that has ended nobody knows any. */
    List<ProcessHandle> descendants() {
        return process.descendants().toList();
    }

    boolean hasEnded() {
        return !process.isAlive();
    }

    /** The one of them whose command line names the class. */
    ServiceProcess child(String mainClass) {
        return ServiceProcess.of(mainClass, process.toHandle());
    }

    ServiceProcess asSeenByTheSystem() {
        return new ServiceProcess(process.pid());
    }

    void interrupt() {
        asSeenByTheSystem().interrupt();
    }

    void kill() {
        asSeenByTheSystem().kill();
    }

    /** Kills it with its broker and services, all at once. */
    void killEverything() {
        List<ProcessHandle> all = children();
        kill();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    /** Waits for something to come true while the process is there. */
    void await(BooleanSupplier condition) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .atMost(PATIENCE)
                .until(() -> condition.getAsBoolean() || !process.isAlive());
        if (!condition.getAsBoolean()) {
            throw new AssertionError("ended before that, saying: " + output());
        }
    }

    /** The exit status, once it has ended. */
    int status() {
        return status(PATIENCE);
    }

    int status(Duration patience) {
        try {
            assertThat(process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS))
                    .as("ended within %s, saying: %s", patience, output())
                    .isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while a command was at work", interrupted);
        }
        return process.exitValue();
    }
}
