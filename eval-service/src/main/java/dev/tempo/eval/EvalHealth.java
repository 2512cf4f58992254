package dev.tempo.eval;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** DOWN when a run's benchmarks cannot be read or a version has waited too long; says for what it waits. */
final class EvalHealth implements HealthIndicator {
    private final EvaluationPlanner planner;

    EvalHealth(EvaluationPlanner planner) {
        this.planner = planner;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up().withDetail("openRequests", planner.openRequests());
        planner.waitingFor().forEach(health::withDetail);
        planner.problems().forEach((run, problem) -> health.down().withDetail(run, problem));
        if (planner.stalledRounds() > 0) {
            health.down().withDetail("stalledRounds", planner.stalledRounds());
        }
        return health.build();
    }
}
