package dev.tempo.timeline;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The work that a thread of a service is at.
 *
 * @param name as its span is called, such as "policy epoch 1"
 * @param run for which it is done; null for none
 * @param round the round that it is for, counted from 0 through all stages; negative for none
 */
public record PresentWork(String name, @Nullable String run, int round, Instant since) {

    /** The work in a few words: its name, its round and how long it has gone on. */
    public String words(Instant now) {
        return name + (round < 0 ? "" : ", round " + round) + ", for "
                + Math.max(0, Duration.between(since, now).toSeconds()) + " s";
    }
}
