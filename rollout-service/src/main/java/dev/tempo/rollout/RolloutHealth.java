package dev.tempo.rollout;

import dev.tempo.messaging.service.ServiceHealth;
import java.time.InstantSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * OUT_OF_SERVICE while a run's round is stalled, DOWN while its questions cannot be read, its policy computes what is no number, or the policy wanted last cannot be
 * loaded; names run, file and reason.
 */
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
        ServiceHealth health = ServiceHealth.up();
        planner.stalled(clock.instant()).forEach((run, awaited) -> health.stalled("run " + run, awaited));
        planner.problems().forEach((run, why) -> health.down("run " + run, why));
        policies.stopped().forEach((run, why) -> health.down("run " + run, "stopped: " + why));
        policies.problem().ifPresent(why -> health.down("policy", why));
        return health.detail("policies loaded", policies.loaded())
                .detail("open requests", planner.openRequests())
                .awaits(planner.awaited())
                .answer();
    }
}
