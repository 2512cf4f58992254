package dev.tempo.messaging.service;

import dev.tempo.contract.Awaited;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The wait of a service.
 *
 * @param by who waits
 */
public record Wait(String by, Awaited awaited) {
    /** The names of the services in the order in which a round's records pass them. */
    public static final List<String> ROAD =
            List.of("rollout-service", "judge-service", "critic-service", "policy-service", "eval-service");

    /** A wait that is no news: so long may a service compute. */
    private static final Duration LONG = Duration.ofSeconds(30);

    public boolean isLong(Instant now) {
        return awaited.age(now).compareTo(LONG) > 0;
    }

    /**
     * The long wait nearest to the beginning of a round's road: those behind it wait for the same, one after another. One for which a
     * service computes that the records pass before they are there does not count: to compute for long is no standstill.
     *
     * @param working the services that are at work
     */
    public static Optional<Wait> firstLong(Collection<Wait> waits, Set<String> working, Instant now) {
        return waits.stream()
                .filter(wait -> wait.isLong(now) && !wait.isBeingMadeBy(working))
                .min(Comparator.comparing(wait -> ROAD.indexOf(wait.by)));
    }

    private boolean isBeingMadeBy(Set<String> working) {
        return ROAD.subList(0, ROAD.indexOf(awaited.from()) + 1).stream().anyMatch(working::contains);
    }
}
