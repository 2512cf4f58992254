package dev.tempo.policy;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** DOWN when a run was stopped, OUT_OF_SERVICE when a round is stalled; the details say for every run where it stands. */
@Component("policyTraining")
final class PolicyHealth implements HealthIndicator {
    private final RunBoard board;

    PolicyHealth(RunBoard board) {
        this.board = board;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        boolean stopped = false;
        for (var run : board.standings().entrySet()) {
            health.withDetail("run " + run.getKey(), board.describe(run.getKey()));
            stopped |= run.getValue() instanceof RunBoard.Stopped;
            if (board.isStalled(run.getValue())) {
                health.outOfService();
            }
        }
        return stopped ? health.down().build() : health.build();
    }
}
