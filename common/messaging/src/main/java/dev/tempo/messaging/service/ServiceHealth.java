package dev.tempo.messaging.service;

import dev.tempo.contract.Awaited;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * The answer of a health indicator in the statuses that all services share: UP while the service works or waits for nothing
 * too long, OUT_OF_SERVICE while it is stalled, DOWN while something is stopped, unreadable or unreachable. The worst counts,
 * in whatever order it is told. Not thread-safe.
 */
public final class ServiceHealth {
    /** The detail under which a service lists what it waits for. */
    static final String AWAITED = "awaited";

    private final Map<String, Object> details = new LinkedHashMap<>();
    private Status status = Status.UP;

    private ServiceHealth() {}

    public static ServiceHealth up() {
        return new ServiceHealth();
    }

    /** A detail that changes no status. */
    public ServiceHealth detail(String name, Object detail) {
        details.put(name, detail);
        return this;
    }

    /**
     * Something was awaited for longer than {@code tempo.<service>.stalled-after}.
     *
     * @param awaited what, in words
     */
    public ServiceHealth stalled(String name, String awaited) {
        if (status == Status.UP) {
            status = Status.OUT_OF_SERVICE;
        }
        return detail(name, "stalled: " + awaited);
    }

    /** What the service waits for at present, which changes no status: waiting is its work. */
    public ServiceHealth awaits(List<Awaited> awaited) {
        return detail(AWAITED, awaited);
    }

    /** Something is stopped, unreadable or unreachable. */
    public ServiceHealth down(String name, String reason) {
        status = Status.DOWN;
        return detail(name, reason);
    }

    public Health answer() {
        return Health.status(status).withDetails(details).build();
    }
}
