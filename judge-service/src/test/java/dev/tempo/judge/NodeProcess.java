package dev.tempo.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tempo.judging.plugin.JarBuilder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The example judge in Node, by the commands of docs/judges.md. A test is skipped where that is impossible. */
final class NodeProcess implements AutoCloseable {
    private static final Pattern COMMANDS = Pattern.compile(
            "In Node \\(`([^`]+)` in its directory, then `(node judge\\.js) 127\\.0\\.0\\.1:\\d+ essays`");
    private static final Path INSTALLED = Path.of("target", "node-judge").toAbsolutePath();

    private final Process process;
    private final Path log;

    private NodeProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static NodeProcess start(Path directory, String... arguments) throws IOException {
        assumeThat(System.getenv("PATH").split(File.pathSeparator))
                .as("node is not installed; the example was not run")
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
        Matcher commands = COMMANDS.matcher(Files.readString(JarBuilder.example("../../docs/judges.md")));
        assertThat(commands.find())
                .as("docs/judges.md says how to start the example")
                .isTrue();
        install(List.of(commands.group(1).split(" ")));
        Path log = Files.createTempFile(directory, "node", ".log");
        List<String> command = new ArrayList<>(List.of(commands.group(2).split(" ")));
        command.addAll(List.of(arguments));
        return new NodeProcess(run(log, command), log);
    }

    /** What the process said so far, for a test that failed. */
    String said() throws IOException {
        return Files.readString(log);
    }

    boolean runs() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }

    private static void install(List<String> command) throws IOException {
        Files.createDirectories(INSTALLED);
        for (String file : List.of("judge.js", "package.json")) {
            Files.write(INSTALLED.resolve(file), Files.readAllBytes(JarBuilder.example("node/" + file)));
        }
        if (Files.isDirectory(INSTALLED.resolve("node_modules/@platformatic/kafka"))) {
            return;
        }
        Path log = INSTALLED.resolve("npm.log");
        boolean installed = false;
        try {
            Process npm = run(log, command);
            installed = npm.waitFor(2, TimeUnit.MINUTES) && npm.exitValue() == 0;
            npm.destroy();
        } catch (IOException noNpm) {
            Files.writeString(log, "npm cannot be started: " + noNpm.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        assumeThat(installed)
                .as("@platformatic/kafka cannot be installed, so the example was not run: " + Files.readString(log))
                .isTrue();
    }

    private static Process run(Path log, List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .directory(INSTALLED.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }
}
