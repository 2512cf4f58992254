package dev.tempo.eval;

import dev.tempo.eval.dashboard.OtherServices;
import dev.tempo.messaging.service.ServiceHealth;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** OUT_OF_SERVICE when a version has waited too long, DOWN when a run's benchmarks cannot be read; says what is awaited, and who is silent. */
final class EvalHealth implements HealthIndicator {
    private final EvaluationPlanner planner;
    private final EndingRuns ending;
    private final OtherServices services;

    EvalHealth(EvaluationPlanner planner, EndingRuns ending, OtherServices services) {
        this.planner = planner;
        this.ending = ending;
        this.services = services;
    }

    @Override
    public Health health() {
        ServiceHealth health = ServiceHealth.up().detail("openRequests", planner.openRequests());
        String silence = services.silence();
        if (!silence.isEmpty()) {
            health.detail("silent", silence);
        }
        planner.waitingFor().forEach(health::detail);
        planner.stalled().forEach(health::stalled);
        planner.problems().forEach(health::down);
        ending.problems().forEach((run, words) -> health.down("run " + run, words));
        return health.awaits(planner.awaited()).answer();
    }
}
