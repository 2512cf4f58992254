package dev.tempo.policy;

import dev.tempo.contract.PolicyVersion;
import dev.tempo.messaging.service.WaitGauges;
import dev.tempo.runs.RunBoard;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** The measurements of the latest update under {@code tempo.policy}; NaN before the first. */
final class PolicyMetrics {
    private static final List<String> STATISTICS = List.of(
            "loss",
            "approx.kl",
            "clip.fraction",
            "gradient.norm",
            "entropy",
            "reward.mean",
            "advantage.mean.abs",
            "logprob.gap",
            "response.tokens",
            "response.cut",
            "reward.deviation");

    private final MeterRegistry registry;
    private final Map<String, AtomicReference<Double>> gauges = new HashMap<>();
    private final Timer refinement;
    private final Counter unchanged;
    private final Counter returns;

    PolicyMetrics(MeterRegistry registry, RunBoard board) {
        this.registry = registry;
        STATISTICS.forEach(this::gauge);
        gauge("version");
        this.refinement = registry.timer("tempo.policy.refinement");
        this.unchanged = registry.counter("tempo.policy.rounds.unchanged");
        this.returns = registry.counter("tempo.policy.returns");
        WaitGauges.register(
                registry,
                seconds -> Gauge.builder("tempo.policy.awaited.seconds", seconds),
                board::awaitedRows,
                board.clock());
        Gauge.builder("tempo.policy.round.stalled", board, RunBoard::stalledRuns)
                .description("runs whose round has had no new row for longer than tempo.policy.stalled-after")
                .register(registry);
    }

    void refined(PolicyVersion version, Duration taken) {
        resumed(version);
        refinement.record(taken);
        version.rows()
                .forEach((outcome, count) -> registry.counter("tempo.policy.rows", "outcome", outcome)
                        .increment(count));
        if (version.wentBackTo() != null) {
            returns.increment();
        }
        if (version.trainedNothing()) {
            unchanged.increment();
        }
    }

    /** Shows a version that was made before. */
    void resumed(PolicyVersion version) {
        set("version", version.version());
        version.statistics().forEach(this::set);
    }

    private void set(String name, double value) {
        AtomicReference<Double> gauge = gauges.get(name);
        if (gauge != null) {
            gauge.set(value);
        }
    }

    private void gauge(String name) {
        AtomicReference<Double> latest = new AtomicReference<>(Double.NaN);
        gauges.put(name, latest);
        Gauge.builder("tempo.policy." + name, latest, AtomicReference::get).register(registry);
    }
}
