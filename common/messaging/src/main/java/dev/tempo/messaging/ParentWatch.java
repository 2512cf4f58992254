package dev.tempo.messaging;

import java.io.IOException;
import java.io.InputStream;

/**
 * Ties this process to the one that started it: when that one dies, by whatever cause, the pipe behind standard input closes
 * and this process exits in the ordinary way. On with {@code tempo.messaging.stop-with-parent=true}.
 */
public final class ParentWatch {
    private ParentWatch() {}

    /** Starts watching standard input on a daemon thread. */
    public static void start() {
        InputStream parent = System.in;
        Thread watch = new Thread(
                () -> {
                    awaitEnd(parent);
                    System.exit(0);
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void awaitEnd(InputStream parent) {
        try {
            parent.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException closed) {
            // A pipe that breaks has ended as well.
        }
    }
}
