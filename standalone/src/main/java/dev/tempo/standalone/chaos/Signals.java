package dev.tempo.standalone.chaos;

import java.io.IOException;
import java.util.Collection;
import java.util.stream.Collectors;

/** The signals that stop processes where they are and let them go on; Java has none of its own. */
final class Signals {
    private Signals() {}

    static void freeze(Collection<ProcessHandle> processes) throws IOException {
        send("STOP", processes);
    }

    static void thaw(Collection<ProcessHandle> processes) throws IOException {
        send("CONT", processes);
    }

    static void kill(Collection<ProcessHandle> processes) throws IOException {
        send("KILL", processes);
    }

    /** All at once, by one command; a process that is gone is none. */
    private static void send(String signal, Collection<ProcessHandle> processes) throws IOException {
        String ids =
                processes.stream().map(process -> Long.toString(process.pid())).collect(Collectors.joining(" "));
        if (ids.isEmpty()) {
            return;
        }
        try {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + ids + " 2>/dev/null")
                    .start()
                    .waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
