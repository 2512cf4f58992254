package dev.tempo.rollout;

import dev.tempo.contract.StopReason;
import dev.tempo.contract.Trajectory;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/** The service's metrics: what workers generate, and what the planner asks for again. */
public final class RolloutMetrics {
    private final Map<StopReason, Counter> trajectories = new EnumMap<>(StopReason.class);
    private final DistributionSummary responseTokens;
    private final Counter tokens;
    private final Timer generation;
    private final Counter reasked;
    private final Counter failed;

    RolloutMetrics(MeterRegistry registry) {
        for (StopReason stop : StopReason.values()) {
            trajectories.put(
                    stop,
                    registry.counter(
                            "tempo.rollout.trajectories", "stop", stop.name().toLowerCase(Locale.ROOT)));
        }
        responseTokens = registry.summary("tempo.rollout.response.tokens");
        tokens = registry.counter("tempo.rollout.tokens");
        generation = registry.timer("tempo.rollout.generation");
        reasked = registry.counter("tempo.rollout.requests.reasked");
        failed = registry.counter("tempo.rollout.requests.failed");
    }

    /** A worker ended a trajectory. */
    void ended(Trajectory trajectory) {
        Objects.requireNonNull(trajectories.get(trajectory.stopReason())).increment();
        if (!trajectory.isFailed()) {
            responseTokens.record(trajectory.responseTokens().length());
            tokens.increment(trajectory.responseTokens().length());
        }
    }

    <T> T timed(Supplier<T> generating) {
        return Objects.requireNonNull(generation.record(generating));
    }

    /** A plan was published. */
    public void planned(Plan plan) {
        reasked.increment(plan.askedAgain().size());
    }

    /** A request failed that no worker could finish. */
    void failed() {
        failed.increment();
    }
}
