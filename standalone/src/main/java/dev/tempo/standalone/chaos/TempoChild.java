package dev.tempo.standalone.chaos;

import dev.tempo.standalone.Tempo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./tempo run} in a process of its own, called as its script calls it, and what it tells by {@code --json}. Thread-safe.
 */
final class TempoChild {
    private static final String FINISHED_BEFORE = " is finished; its report is ";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final Path errors;
    private final Thread reader;
    private final List<String> words = new ArrayList<>();
    private @Nullable String run;
    private int version = -1;
    private int measured = -1;
    private boolean finished;
    private long lastWord = System.nanoTime();

    private TempoChild(Process process, Path output, Path errors) {
        this.process = process;
        this.errors = errors;
        reader = new Thread(() -> read(output), "tempo-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** @param output where what it prints is kept; its errors beside it */
    static TempoChild start(Path output, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!option.startsWith("-Dtempo.log") && !option.startsWith("-Dtempo.workspace")) {
                command.add(option);
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Tempo.class.getName()));
        command.addAll(arguments);
        Path errors = output.resolveSibling(output.getFileName() + ".err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().putIfAbsent("OMP_NUM_THREADS", "1");
        return new TempoChild(builder.start(), output, errors);
    }

    private void read(Path output) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                Writer kept = Files.newBufferedWriter(output)) {
            String line = lines.readLine();
            while (line != null) {
                kept.write(line + "\n");
                kept.flush();
                take(line);
                line = lines.readLine();
            }
        } catch (IOException ended) {
            say("its output ended: " + ended.getMessage());
        }
    }

    private synchronized void take(String line) {
        try {
            JsonNode event = JSON.readTree(line);
            switch (event.path("event").asString("")) {
                case "run" -> run = event.path("run").asString();
                case "version" ->
                    version = Math.max(version, event.path("version").asInt());
                case "measurement" ->
                    measured = Math.max(measured, event.path("version").asInt());
                case "note" -> say(event.path("text").asString());
                case "underway" -> say(event.path("what").asString());
                case "progress" -> {
                    if (event.path("trouble").isString()) {
                        say(event.path("trouble").asString());
                    }
                }
                case "finished" -> finished = true;
                default -> {}
            }
        } catch (JacksonException torn) {
            say("printed no JSON: " + line);
        }
    }

    private synchronized void say(String text) {
        lastWord = System.nanoTime();
        words.add(text);
    }

    /** The run's id, once it has said it. */
    synchronized Optional<String> run() {
        return Optional.ofNullable(run);
    }

    /** The newest version it has told; -1 before any. */
    synchronized int version() {
        return version;
    }

    /** The newest version whose measurement it has told; -1 before any. */
    synchronized int measured() {
        return measured;
    }

    /** Whether the run is finished: it has said so, or that there is nothing to resume since it was before. */
    boolean hasFinished() {
        return saidFinished()
                || (!isAlive()
                        && statedError()
                                .filter(word -> word.contains(FINISHED_BEFORE))
                                .isPresent());
    }

    private synchronized boolean saidFinished() {
        return finished;
    }

    /** How many words it has said so far. */
    synchronized int said() {
        return words.size();
    }

    /** What it has said since it had said so much. */
    synchronized List<String> saidSince(int count) {
        return List.copyOf(words.subList(Math.min(count, words.size()), words.size()));
    }

    synchronized double secondsSinceLastWord() {
        return (System.nanoTime() - lastWord) / 1e9;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** As Ctrl-C does; that one is ignored by what a shell started in its background. */
    void interrupt() {
        process.destroy();
    }

    /** Waits for the end, and for all that it printed to be read. */
    boolean awaitEnd(double seconds) throws InterruptedException {
        boolean ended = process.waitFor((long) (seconds * 1000), java.util.concurrent.TimeUnit.MILLISECONDS);
        if (ended) {
            reader.join(2000);
        }
        return ended;
    }

    int status() {
        return process.exitValue();
    }

    /** The error in which it ended, as one line; empty where it ended without one, or with one that should not be. */
    Optional<String> statedError() {
        String text = errorText();
        int start = text.lastIndexOf("tempo: ");
        return start < 0 || text.startsWith("tempo: an error that should not be", start)
                ? Optional.empty()
                : Optional.of(text.substring(start).strip().replaceAll("\\s+", " "));
    }

    String errorText() {
        try {
            return Files.exists(errors) ? Files.readString(errors) : "";
        } catch (IOException unreadable) {
            return "";
        }
    }
}
