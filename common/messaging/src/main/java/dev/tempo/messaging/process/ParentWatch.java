package dev.tempo.messaging.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * A tie between this process and the one that started it: when that one ends, by whatever cause, or asks for it, the pipe behind
 * standard input closes, and this process exits in the ordinary way, or is killed where that takes too long: a process that
 * outlived its launcher would go on training beside the next one. For services, on with {@value #PROPERTY}{@code =true}.
 */
public final class ParentWatch {
    static final String PROPERTY = "tempo.messaging.stop-with-parent";

    private ParentWatch() {}

    /**
     * Starts watching standard input on a daemon thread.
     *
     * @param patience how long an ordinary exit may take
     */
    public static void start(Duration patience) {
        InputStream parent = System.in;
        daemon("parent-watch", () -> {
            awaitEnd(parent);
            daemon("overdue-exit", () -> killAfter(patience));
            System.exit(0);
        });
    }

    private static void daemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void awaitEnd(InputStream parent) {
        try {
            parent.transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            // A pipe that breaks has ended as well.
        }
    }

    /**
     * Kills this process after a while, by a signal where there is one: halting runs native libraries' own shutdown
     * beneath threads that compute in them.
     */
    private static void killAfter(Duration patience) {
        try {
            Thread.sleep(patience.toMillis());
            new ProcessBuilder(
                            "/bin/kill",
                            "-9",
                            Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException otherwise) {
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(1);
    }
}
