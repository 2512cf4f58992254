package dev.tempo.standalone.launch;

import dev.tempo.contract.UserException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A child JVM that is started again when it dies, until it has died too often while what it is needed for came no further: how long it
 * lived meanwhile says nothing, as one may need minutes to come to what it dies of. Its standard input is held open: should this process die, the child sees
 * the end of it and stops by itself. Thread-safe.
 */
final class ChildProcess implements AutoCloseable {
    private static final int RESTARTS = 5;
    private static final int OUT_OF_MEMORY = 3;
    private static final int KILLED = 137;

    /**
     * The pause before the first restart. A signal to the whole process group ends children before this process knows that it is
     * to stop too.
     */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final Path temporary;
    private final StartedProcesses list;
    private final Consumer<String> notices;
    private int deaths;
    private volatile boolean closing;
    private volatile @Nullable Process process;
    private volatile @Nullable String gaveUp;
    private Duration cpuOfTheDead = Duration.ZERO;
    private Duration lastCpu = Duration.ZERO;

    /**
     * @param command of a JVM
     * @param temporary directory of the child's temporary files, which no other process uses
     * @param list in which every process of this child is noted
     */
    ChildProcess(
            String name,
            List<String> command,
            Map<String, String> environment,
            Path log,
            Path temporary,
            StartedProcesses list,
            Consumer<String> notices) {
        this.name = name;
        List<String> own = new ArrayList<>(command);
        own.add(1, "-Djava.io.tmpdir=" + temporary);
        this.command = List.copyOf(own);
        this.temporary = temporary;
        this.environment = Map.copyOf(environment);
        this.log = log;
        this.list = list;
        this.notices = notices;
    }

    String name() {
        return name;
    }

    static List<String> java(List<String> jvmOptions, String classPath, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.addAll(ClassArchive.AT_ONE_ADDRESS);
        // A JVM begins with a 64th of the machine's memory, all of which it fills once before it looks what can go,
        // and looks too early at the classes, of which nothing goes.
        command.addAll(List.of("-Xms64m", "-XX:MetaspaceSize=128m"));
        command.addAll(jvmOptions);
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        if (Runtime.version().feature() >= 23) {
            // Kafka unmaps files by it; from Java 24 on every process would warn of that.
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("-cp");
        command.add(classPath);
        command.add(mainClass);
        command.addAll(arguments);
        return command;
    }

    /**
     * Ctrl-C reaches a terminal's whole process group at once; a broker that stops before its services makes them wait
     * for it. With the interrupt ignored from the start, children stop when they are asked to, in order.
     */
    private static List<String> deafToInterrupts(List<String> command) {
        if (File.separatorChar != '/') {
            return command;
        }
        List<String> shielded = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        shielded.addAll(command);
        return shielded;
    }

    synchronized void start() {
        ProcessBuilder builder = new ProcessBuilder(deafToInterrupts(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // glibc keeps up to eight heaps a core, none of which shrinks: 70 MB of six processes on two cores
        builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(log.getParent());
            Files.createDirectories(temporary);
            sweepTemporary();
            Process started = builder.start();
            process = started;
            list.add(name, started.toHandle());
            CompletableFuture<Void> unused = started.onExit().thenAccept(this::died);
        } catch (IOException unstartable) {
            throw new UserException(name + " cannot be started: " + unstartable.getMessage());
        }
    }

    /** One that was killed leaves what it unpacked. The directory stays: on a full disk a new one may find no room. */
    private void sweepTemporary() throws IOException {
        try (Stream<Path> left = Files.list(temporary)) {
            for (Path file : left.toList()) {
                FileSystemUtils.deleteRecursively(file);
            }
        }
    }

    private synchronized void died(Process dead) {
        cpuOfTheDead = cpuOfTheDead.plus(lastCpu);
        lastCpu = Duration.ZERO;
        if (closing) {
            return;
        }
        deaths++;
        if (deaths > RESTARTS) {
            gaveUp = name + " died " + deaths + " times while the run came no further, the last time " + wayOf(dead)
                    + lastWords() + "; see " + log + ", mend what it says, and go on by ./tempo run --resume";
            return;
        }
        Duration pause = pauseBeforeRestart(deaths);
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> restart(dead, pause));
    }

    /** Whether it has died since what it is needed for came further. */
    synchronized boolean hasDeaths() {
        return deaths > 0;
    }

    /** What the child is needed for has come further: its deaths so far do not count any more. */
    synchronized void movedOn() {
        deaths = 0;
    }

    private String lastWords() {
        return LastWords.lastLine(log.resolveSibling(name + ".log"))
                .or(() -> LastWords.lastLine(log))
                .map(line -> " (its last line: " + line + ")")
                .orElse("");
    }

    /** The way in which a process died, with its status; of want of memory, what to do about it. */
    private String wayOf(Process dead) {
        int status = dead.exitValue();
        String words = "with status " + status;
        if (status == OUT_OF_MEMORY && LastWords.says(log, "java.lang.OutOfMemoryError")) {
            String heap = command.stream()
                    .filter(option -> option.startsWith("-Xmx"))
                    .map(option -> option.substring("-Xmx".length()))
                    .reduce("as many", (first, last) -> last);
            return words + ": it ran out of memory; raise its heap of " + heap
                    + " by _JAVA_OPTIONS=-Xmx2g in the environment, or have less at a time by the recipe"
                    + " (questions, samples, maxNewTokens)";
        }
        return status == KILLED ? words + ": killed, by somebody or by the system for want of memory" : words;
    }

    /** The pause after so many deaths: each time twice as long, for what it needs may be away for a while. */
    static Duration pauseBeforeRestart(int deaths) {
        return FIRST_PAUSE.multipliedBy(1L << Math.min(deaths - 1, RESTARTS));
    }

    private synchronized void restart(Process dead, Duration pause) {
        if (!closing) {
            notices.accept(name + " ended " + wayOf(dead) + "; starting it again after " + pause.toSeconds() + " s");
            start();
        }
    }

    /** The reason why the child is not started again any more; null while it is. */
    @Nullable
    String gaveUp() {
        return gaveUp;
    }

    /** CPU time of this child and its predecessors, where the platform tells. */
    synchronized Duration cpu() {
        Process running = process;
        if (running != null && running.isAlive()) {
            lastCpu = running.toHandle().info().totalCpuDuration().orElse(lastCpu);
        }
        return cpuOfTheDead.plus(lastCpu);
    }

    long pid() {
        Process running = process;
        return running == null ? -1 : running.pid();
    }

    /** The announcement that the child is to end: its end is no failure from now on. */
    void stopping() {
        closing = true;
    }

    /** The request to stop, without waiting for the end. */
    void askToStop() {
        stopping();
        Process running = process;
        if (running != null) {
            try (OutputStream end = running.getOutputStream()) {
                end.flush();
            } catch (IOException alreadyGone) {
                // A child that is gone needs no asking.
            }
        }
    }

    /** The wait for the child to end; it is killed after the patience. */
    void awaitStop(Duration patience) {
        Process running = process;
        try {
            if (running != null && !running.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                running.destroyForcibly().waitFor(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            running.destroyForcibly();
        }
    }

    /** The end of the running process, frozen or not; it counts as its death. False where none runs. */
    boolean end() {
        Process running = process;
        return running != null && running.isAlive() && running.destroyForcibly() != null;
    }

    /** The order to end at once, without waiting for the end. */
    void kill() {
        stopping();
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
    }

    @Override
    public void close() {
        askToStop();
        awaitStop(Duration.ofSeconds(10));
    }
}
