package dev.tempo.rollout;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down while a run's round stands still or the policy wanted last cannot be loaded, naming run, file and reason. */
final class RolloutHealth implements HealthIndicator {
    private final UnlabeledPlanner planner;
    private final PolicyShelf policies;
    private final InstantSource clock;

    RolloutHealth(UnlabeledPlanner planner, PolicyShelf policies, InstantSource clock) {
        this.planner = planner;
        this.policies = policies;
        this.clock = clock;
    }

    @Override
    public Health health() {
        Map<String, String> stalled = planner.stalled(clock.instant());
        Optional<String> unloadable = policies.problem();
        Health.Builder health = stalled.isEmpty() && unloadable.isEmpty() ? Health.up() : Health.down();
        stalled.forEach((run, why) -> health.withDetail("run " + run, why));
        unloadable.ifPresent(why -> health.withDetail("policy", why));
        return health.withDetail("policies loaded", policies.loaded())
                .withDetail("open requests", planner.openRequests())
                .build();
    }
}
