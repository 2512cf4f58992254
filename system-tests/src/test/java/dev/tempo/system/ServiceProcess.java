package dev.tempo.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A process as the operating system sees it. */
record ServiceProcess(long pid) {

    /** The living child whose command line names the class. */
    static ServiceProcess of(String mainClass) {
        return of(mainClass, ProcessHandle.current());
    }

    /** The living child of a process whose command line names the class. */
    static ServiceProcess of(String mainClass, ProcessHandle parent) {
        return parent.children()
                .filter(child -> child.isAlive() && commandLine(child.pid()).contains(mainClass))
                .findFirst()
                .map(child -> new ServiceProcess(child.pid()))
                .orElseThrow(() -> new AssertionError("no child process runs " + mainClass));
    }

    /** Stops it where it is; it goes on after {@link #thaw()}. */
    void freeze() {
        signal("STOP");
    }

    void thaw() {
        signal("CONT");
    }

    void kill() {
        signal("KILL");
    }

    /** As Ctrl-C does. */
    void interrupt() {
        signal("INT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid)
                    .start()
                    .waitFor();
        } catch (IOException unstartable) {
            throw new UncheckedIOException(unstartable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Its memory, of which what it shares with other processes counts in parts (PSS). */
    long proportionalKilobytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The words that it was started with. */
    List<String> command() {
        return List.of(commandLine(pid).split("\0"));
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }
}
