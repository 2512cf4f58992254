package dev.tempo.messaging.service;

import dev.tempo.timeline.SpanLog;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Health that is always UP and says what the service is at: what is awaited from a service that computes does not stand still. */
public final class WorkHealth implements HealthIndicator {
    /** The detail that lists the work, where there is any. */
    static final String WORK = "work";

    private final SpanLog spans;

    public WorkHealth(SpanLog spans) {
        this.spans = spans;
    }

    @Override
    public Health health() {
        return ServiceHealth.up().detail(WORK, spans.work()).answer();
    }
}
