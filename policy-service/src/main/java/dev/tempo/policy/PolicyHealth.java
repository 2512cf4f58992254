package dev.tempo.policy;

import dev.tempo.runs.RunBoard;
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
        for (String run : board.standings().keySet()) {
            health.withDetail("run " + run, board.describe(run));
            if (board.isStalled(run)) {
                health.outOfService();
            }
        }
        return board.anyStopped() ? health.down().build() : health.build();
    }
}
