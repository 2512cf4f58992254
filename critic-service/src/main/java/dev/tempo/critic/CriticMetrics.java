package dev.tempo.critic;

import dev.tempo.contract.JudgedTrajectory;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** The metrics of critic-service on {@code /actuator/prometheus}. Thread-safe. */
public final class CriticMetrics {
    private final AtomicReference<Double> loss = new AtomicReference<>(Double.NaN);
    private final AtomicReference<Double> brier = new AtomicReference<>(Double.NaN);
    private final AtomicReference<Double> posteriorGap = new AtomicReference<>(Double.NaN);
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger stalled = new AtomicInteger();
    private final Counter recalibrations;
    private final Counter values;
    private final Counter reasked;
    private final Counter learned;
    private final Counter undecided;
    private final Counter rolloutFailed;

    public CriticMetrics(MeterRegistry registry) {
        Gauge.builder("tempo.critic.loss", loss, AtomicReference::get)
                .description("mean loss of the last fit")
                .register(registry);
        Gauge.builder("tempo.critic.brier", brier, AtomicReference::get)
                .description("mean squared error of V_n on the last labeled batch, before the fit")
                .register(registry);
        Gauge.builder("tempo.critic.posterior.gap", posteriorGap, AtomicReference::get)
                .description(
                        "mean -ln of the share of V_n that is on right responses to a labeled question, before the fit")
                .register(registry);
        Gauge.builder("tempo.critic.requests.open", open, AtomicInteger::get)
                .description("labeled requests not answered yet")
                .register(registry);
        Gauge.builder("tempo.critic.round.stalled", stalled, AtomicInteger::get)
                .description("runs whose round makes no progress")
                .register(registry);
        recalibrations = registry.counter("tempo.critic.recalibrations");
        values = registry.counter("tempo.critic.values");
        reasked = registry.counter("tempo.critic.requests.reasked");
        learned = registry.counter("tempo.critic.rows", "outcome", "learned");
        undecided = registry.counter("tempo.critic.rows", "outcome", "undecided");
        rolloutFailed = registry.counter("tempo.critic.rows", "outcome", "failed");
    }

    void openRequests(int requests) {
        open.set(requests);
    }

    void askedAgain(int requests) {
        reasked.increment(requests);
    }

    void fitted(Map<String, Double> statistics) {
        recalibrations.increment();
        loss.set(statistics.getOrDefault("loss", Double.NaN));
        brier.set(statistics.getOrDefault("brier", Double.NaN));
        posteriorGap.set(statistics.getOrDefault("posterior.gap", Double.NaN));
    }

    void rows(List<JudgedTrajectory> batch) {
        for (JudgedTrajectory judged : batch) {
            boolean learnable = Example.isLearnable(judged);
            Counter outcome = judged.trajectory().isFailed() ? rolloutFailed : learnable ? learned : undecided;
            outcome.increment();
        }
    }

    void valued(int trajectories) {
        values.increment(trajectories);
    }

    void stalledRuns(int runs) {
        stalled.set(runs);
    }
}
