package dev.tempo.rollout;

import java.time.InstantSource;
import java.util.Map;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down while a run's round stands still, naming the run and what it waits for. */
final class RolloutHealth implements HealthIndicator {
    private final UnlabeledPlanner planner;
    private final InstantSource clock;

    RolloutHealth(UnlabeledPlanner planner, InstantSource clock) {
        this.planner = planner;
        this.clock = clock;
    }

    @Override
    public Health health() {
        Map<String, String> stalled = planner.stalled(clock.instant());
        Health.Builder health = stalled.isEmpty() ? Health.up() : Health.down();
        stalled.forEach((run, why) -> health.withDetail("run " + run, why));
        return health.withDetail("open requests", planner.openRequests()).build();
    }
}
