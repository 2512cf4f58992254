package dev.tempo.serving.version;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The versions that could not be loaded, each with the time before which it is not tried again: a second, then twice as long after
 * each attempt, up to a minute. A version whose files lie elsewhere since is tried at once. Not thread-safe.
 */
final class LoadFailures {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final LongSupplier nanos;
    private final Map<ServedVersion, Failure> failures = new HashMap<>();

    private record Failure(Path directory, Throwable reason, Duration pause, long since) {}

    /** @param nanos the time, from any moment on */
    LoadFailures(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Notes one more attempt that failed; gives how long it is until the next. */
    Duration note(ServedVersion version, Throwable reason) {
        Failure before = failures.get(version);
        Duration pause = before == null ? FIRST : before.pause.multipliedBy(2);
        Duration bounded = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
        failures.put(version, new Failure(version.directory(), reason, bounded, nanos.getAsLong()));
        return bounded;
    }

    void forget(ServedVersion version) {
        failures.remove(version);
    }

    /** Forgets those that there are no more. */
    void retain(Collection<ServedVersion> versions) {
        failures.keySet().retainAll(versions);
    }

    /** The reason not to try a version now; empty if nothing is against it. */
    Optional<Throwable> against(ServedVersion version) {
        Failure failure = failures.get(version);
        return failure == null
                        || !failure.directory.equals(version.directory())
                        || nanos.getAsLong() - failure.since >= failure.pause.toNanos()
                ? Optional.empty()
                : Optional.of(failure.reason);
    }

    /** The versions that could not be loaded when they were last tried, with the reasons. */
    Map<String, String> reasons() {
        Map<String, String> reasons = new TreeMap<>();
        failures.forEach((version, failure) -> reasons.put(version.id(), String.valueOf(failure.reason.getMessage())));
        return reasons;
    }
}
