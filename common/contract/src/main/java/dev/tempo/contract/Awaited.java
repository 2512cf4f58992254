package dev.tempo.contract;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records that a service waits for. It stands in the service's health, under {@code awaited}, for launchers and pages to read.
 *
 * @param run whose records they are; null where no single run is concerned
 * @param what the records with their number and round, in words
 * @param from the service that writes them, or what else has to act
 * @param since when the last of them came, or was asked for
 * @param missing the ids of the first that are missing, question and sample; empty where they are not known
 */
public record Awaited(@Nullable String run, String what, String from, Instant since, List<String> missing) {
    /** Most ids that are named. */
    public static final int NAMED = 5;

    public Awaited {
        missing = List.copyOf(missing.subList(0, Math.min(NAMED, missing.size())));
    }

    /** The wait's length. */
    public Duration age(Instant now) {
        return Duration.between(since, now);
    }

    /** The length of the longest of some waits in seconds; 0 where there is none. */
    public static double longest(List<Awaited> waits, Instant now) {
        return waits.stream()
                .mapToDouble(awaited -> awaited.age(now).toMillis() / 1e3)
                .max()
                .orElse(0);
    }

    /** The wait in a sentence: what is awaited, of whom, for how long, and the first ids. */
    public String words(Instant now) {
        String ids = missing.isEmpty() ? "" : " (first " + String.join(", ", missing) + ")";
        return what + ids + " from " + from + ", for " + Math.max(0, age(now).toSeconds()) + " s";
    }
}
