package dev.tempo.messaging.service;

import java.time.Duration;

/** A measure of elapsed time from its start on; setting the system's clock does not move it. Thread-safe. */
public final class Stopwatch {
    private final long begun = System.nanoTime();

    private Stopwatch() {}

    public static Stopwatch start() {
        return new Stopwatch();
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Elapsed seconds, for a log line. */
    public double seconds() {
        return elapsed().toNanos() * 1e-9;
    }
}
