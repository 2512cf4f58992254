package dev.tempo.serving.http;

import dev.tempo.serving.openai.ApiException;
import dev.tempo.serving.version.VersionDesk;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The meters of an endpoint; docs/metrics.md says what each means. Thread-safe. */
final class ServingMeters {
    private static final int TOO_MANY = 429;
    private static final int OURS = 500;

    private final MeterRegistry registry;
    private final Counter in;
    private final Counter out;
    private final Timer firstToken;
    private final AtomicInteger waiting = new AtomicInteger();

    ServingMeters(MeterRegistry registry, CallerLimits limits, VersionDesk desk) {
        this.registry = registry;
        in = tokens("in");
        out = tokens("out");
        firstToken = Timer.builder("tempo.rollout.serving.first.token")
                .serviceLevelObjectives(
                        Duration.ofMillis(10),
                        Duration.ofMillis(30),
                        Duration.ofMillis(100),
                        Duration.ofMillis(300),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30))
                .register(registry);
        Gauge.builder("tempo.rollout.serving.waiting", waiting, AtomicInteger::get)
                .register(registry);
        Gauge.builder("tempo.rollout.serving.open", limits, CallerLimits::open).register(registry);
        Gauge.builder(
                        "tempo.rollout.serving.refused",
                        desk,
                        shown -> shown.refused().size())
                .register(registry);
        Gauge.builder("tempo.rollout.serving.version", desk, ServingMeters::version)
                .register(registry);
        for (String outcome : new String[] {"answered", "left", "busy", "refused", "failed"}) {
            requests(outcome);
        }
    }

    private static double version(VersionDesk desk) {
        return desk.answering()
                .filter(version -> version.number().isPresent())
                .map(version -> (double) version.number().getAsInt())
                .orElse(Double.NaN);
    }

    private Counter tokens(String direction) {
        return registry.counter("tempo.rollout.serving.tokens", "direction", direction);
    }

    private Counter requests(String outcome) {
        return registry.counter("tempo.rollout.serving.requests", "outcome", outcome);
    }

    void read(int promptTokens) {
        in.increment(promptTokens);
    }

    void wrote(int tokens) {
        out.increment(tokens);
    }

    /** One more request waits for its first token. */
    void waits() {
        waiting.incrementAndGet();
    }

    void waitsNoMore() {
        waiting.decrementAndGet();
    }

    void firstToken(long nanos) {
        firstToken.record(nanos, TimeUnit.NANOSECONDS);
    }

    void answered() {
        requests("answered").increment();
    }

    /** A client went away before its answer was written. */
    void left() {
        requests("left").increment();
    }

    void refused(ApiException refusal) {
        int status = refusal.status();
        requests(status == TOO_MANY ? "busy" : status < OURS ? "refused" : "failed")
                .increment();
    }
}
