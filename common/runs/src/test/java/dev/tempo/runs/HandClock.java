package dev.tempo.runs;

import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test moves. */
final class HandClock implements InstantSource {
    private Instant now = Instant.EPOCH;

    void pass(long seconds) {
        now = now.plusSeconds(seconds);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
